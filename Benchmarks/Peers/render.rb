# Renders the work of `boon-bench liquid` with Ruby's Liquid, the reference implementation, and prints the
# processor time of one rendering. Templates and partials are parsed once; there is no escaping, since this Liquid has none by
# default, and `raw`, which it does not know, does nothing.
require "json"
require "liquid"

ROUNDS = 7
COUNT = 40

class Partials
  def initialize(templates)
    @templates = templates
  end

  def read_template_file(name)
    @templates.fetch(name)
  end
end

work = JSON.parse(File.read(ARGV[0]))
registers = { file_system: Partials.new(work["templates"]), cached_partials: {} }
parsed = work["templates"].transform_values { |source| Liquid::Template.parse(source) }

render = lambda do
  content = work["modules"].map do |part|
    parsed[part["template"]].render!(work["data"].merge("module" => part), registers: registers)
  end.join
  parsed["layout"].render!(work["data"].merge("content" => content), registers: registers)
end

size = render.call.bytesize
times = Array.new(ROUNDS) do
  begun = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  COUNT.times { render.call }
  (Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - begun) / COUNT
end
puts JSON.generate(seconds: times.sort[ROUNDS / 2], bytes: size)
