"""Renders the work of `boon-bench liquid` and prints the processor time of one.

    render.py liquid FILE    with python-liquid
    render.py jinja FILE     with Jinja2, its templates rewritten from Liquid

Both escape for HTML; what is parsed is parsed once.
"""

import datetime
import json
import re
import sys
import time

from markupsafe import Markup

ROUNDS = 7
COUNT = 40


def python_liquid(templates):
    from liquid import DictLoader, Environment

    environment = Environment(autoescape=True, loader=DictLoader(templates))
    environment.add_filter("raw", Markup)
    return {name: environment.get_template(name) for name in templates}


def jinja(templates):
    from jinja2 import ChainableUndefined, DictLoader, Environment

    rewritten = {name: from_liquid(source) for name, source in templates.items()}
    environment = Environment(
        autoescape=True, loader=DictLoader(rewritten), keep_trailing_newline=True, undefined=ChainableUndefined
    )
    environment.filters.update(
        raw=Markup,
        upcase=lambda text: text.upper(),
        append=lambda value, end: f"{value}{end}",
        prepend=lambda value, start: f"{start}{value}",
        date=lambda value, form: datetime.datetime.strptime(value, "%Y-%m-%d %H:%M").strftime(form),
    )
    return {name: environment.get_template(name) for name in rewritten}


def from_liquid(source):
    """The Jinja2 template for as much of Liquid as the measured templates use."""
    source = re.sub(r"{%(-?) *render '([^']+)', (.*?) *(-?)%}", render_tag, source)
    source = re.sub(r"{%(-?) *cycle (.*?) *(-?)%}", r"{{\1 loop.cycle(\2) \3}}", source)
    source = re.sub(r"{%-? *case .*?endcase *-?%}", case_tag, source, flags=re.DOTALL)
    return re.sub(r"({[{%]-?)(.*?)(-?[}%]})", inside, source, flags=re.DOTALL)


def render_tag(match):
    before, name, arguments, after = match.groups()
    sets = re.sub(r"(\w+): ", r"\1=", arguments)
    return f"{{%{before} with {sets} %}}{{% include '{name}' %}}{{% endwith {after}%}}"


def case_tag(match):
    subject = re.match(r"{%-? *case (.*?) *-?%}", match[0])[1]
    head = re.sub(r"{%(-?) *case .*?%}\s*{%-? *when (.*?%})", rf"{{%\1 if {subject} == \2", match[0], count=1)
    head = re.sub(r"{%(-?) *when (.*?%})", rf"{{%\1 elif {subject} == \2", head)
    return re.sub(r"endcase", "endif", head)


def inside(match):
    start, code, end = match.groups()
    code = re.sub(r"\bassign\b", "set", code)
    code = re.sub(r"\belsif\b", "elif", code)
    code = re.sub(r"forloop\.", "loop.", code)
    code = re.sub(r"\((\d+)\.\.(\d+)\)", lambda range_: f"range({range_[1]}, {int(range_[2]) + 1})", code)
    code = re.sub(r"([\w.]+) contains ('[^']*')", r"(\2 in \1)", code)
    code = re.sub(r"([\w.]+)\.size\b", r"(\1|length)", code)
    code = re.sub(r"\| default: ([\w.]+)", r"| default(\1, true)", code)
    code = re.sub(r"\| (\w+): ((?:'[^']*'|[^|'])+)", lambda call: f"| {call[1]}({call[2].strip()}) ", code)
    return start + code + end


def main():
    engine, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        work = json.load(file)
    templates = {"liquid": python_liquid, "jinja": jinja}[engine](work["templates"])
    data = work["data"]

    def render():
        content = "".join(
            templates[part["template"]].render(**data, module=part) for part in work["modules"]
        )
        return templates["layout"].render(**data, content=Markup(content))

    size = len(render().encode())
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(COUNT):
            render()
        times.append((time.process_time() - begun) / COUNT)
    print(json.dumps({"seconds": sorted(times)[ROUNDS // 2], "bytes": size}))


main()
