/// The look of the inbox's own pages.
enum Stylesheet {
    static let css = """
        :root {
          --paper: #fbfaf8; --card: #fff; --ink: #22201d; --quiet: #6b655d; --line: #e5e0d8;
          --accent: #8a4b16; --hover: #f4efe7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #191715; --card: #22201d; --ink: #ece7df; --quiet: #a39b8f; --line: #37332e;
            --accent: #e2a468; --hover: #2b2824;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; min-height: 100vh; display: flex; flex-direction: column;
          background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        a { color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .bar {
          display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center;
          padding: 12px 24px; background: var(--card); border-bottom: 1px solid var(--line);
        }
        .brand { font-weight: 650; font-size: 17px; color: var(--ink); text-decoration: none; }
        .count { margin: 0 0 0 auto; color: var(--quiet); font-variant-numeric: tabular-nums; }
        form { display: flex; gap: 8px; flex: 0 1 340px; }
        input, button { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 8px; }
        input { flex: 1; min-width: 0; padding: 6px 12px; background: var(--paper); }
        button { padding: 6px 14px; background: var(--hover); cursor: pointer; }
        main { flex: 1; width: 100%; max-width: 1240px; margin: 0 auto; padding: 20px 24px; }
        .mails {
          list-style: none; margin: 0; padding: 0; overflow: hidden;
          background: var(--card); border: 1px solid var(--line); border-radius: 12px;
        }
        .mails a, .heads {
          display: grid; gap: 0 16px; padding: 9px 16px; align-items: baseline;
          grid-template-columns: minmax(0, 3fr) minmax(0, 5fr) minmax(0, 2fr) 8rem 4.5rem;
        }
        .heads { color: var(--quiet); font-size: 13px; }
        .mails a { color: inherit; text-decoration: none; border-top: 1px solid var(--line); }
        .mails a:hover { background: var(--hover); }
        .mails a:focus-visible { outline-offset: -2px; }
        .mails a > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .subject { font-weight: 550; }
        .from, .mails time, .size { color: var(--quiet); }
        .mails time, .size { font-variant-numeric: tabular-nums; }
        .size { text-align: right; }
        .pages { display: flex; justify-content: space-between; padding: 16px 4px; color: var(--quiet); }
        .empty { text-align: center; padding: 15vh 16px; color: var(--quiet); }
        .empty h1 { color: var(--ink); font-size: 22px; }
        .neighbours { margin-left: auto; display: flex; gap: 16px; }
        .mail { display: flex; flex-direction: column; }
        .mail h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere; }
        .facts { margin: 0 0 16px; display: grid; gap: 2px; }
        .facts div { display: flex; gap: 12px; }
        .facts dt { flex: 0 0 5em; color: var(--quiet); }
        .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        .tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--line); overflow-x: auto; }
        .tabs a { padding: 8px 14px; color: var(--quiet); text-decoration: none; border-radius: 8px 8px 0 0; }
        .tabs a:hover { background: var(--hover); }
        .tabs [aria-current] { color: var(--ink); box-shadow: inset 0 -2px var(--accent); }
        .tabs .download { margin-left: auto; color: var(--accent); }
        iframe {
          flex: 1; width: 100%; min-height: 75vh; margin-top: 16px; background: #fff;
          border: 1px solid var(--line); border-radius: 12px;
        }
        iframe.phone { width: 377px; max-width: 100%; margin-inline: auto; }
        pre, .headers {
          margin: 16px 0 0; padding: 16px; background: var(--card);
          border: 1px solid var(--line); border-radius: 12px;
        }
        pre { overflow-x: auto; font: 13px/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
        pre.text { white-space: pre-wrap; overflow-wrap: anywhere; }
        .headers { width: 100%; border-spacing: 0; font-size: 14px; }
        .headers th { text-align: left; vertical-align: top; font-weight: 500; color: var(--quiet); padding: 3px 16px 3px 0; }
        .headers td { overflow-wrap: anywhere; padding: 3px 0; }
        @media (max-width: 720px) {
          .bar { padding: 12px 16px; }
          form { flex: 1 0 100%; order: 1; }
          main { padding: 12px; }
          .heads { display: none; }
          .mails a { grid-template-columns: minmax(0, 1fr) auto; padding: 10px 14px; }
          .mails li:nth-child(2) a { border-top: 0; }
          .mails .subject { grid-area: 2 / 1 / 3 / 3; }
          .mails .from { grid-area: 3 / 1; }
          .mails time { grid-area: 1 / 2; font-size: 13px; }
          .mails .size { grid-area: 3 / 2; font-size: 13px; }
          .tabs { flex-wrap: wrap; }
          .tabs a { padding: 8px 10px; }
          .headers th, .headers td { display: block; padding: 0; }
          .headers td { padding-bottom: 8px; }
        }

        """
}
