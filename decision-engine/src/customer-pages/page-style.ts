/** The look of the pages that customers open from their messages: no images, no fonts, light and dark. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #ffffff; --ink: #1d1f24; --quiet: #5c6370; --line: #d9d8d3;
  --accent: #1f5fbf; --on-accent: #ffffff; --good: #17633a; --bad: #a12622;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181c; --card: #1f2227; --ink: #eceef2; --quiet: #a6adba; --line: #3a3f48;
    --accent: #8ab4ff; --on-accent: #10141b; --good: #7fd3a2; --bad: #ff9c95;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.from { color: var(--quiet); margin: 0 0 .75rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.card + .card { margin-top: 1rem; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1rem; margin: 0; }
p { margin: 0 0 .75rem; }
.card > :last-child { margin-bottom: 0; }
a { color: var(--accent); }
small, .quiet { color: var(--quiet); font-size: .875rem; }
.note { border-left: 3px solid var(--good); padding-left: .75rem; }
.note.bad { border-color: var(--bad); }
fieldset { border: 0; border-top: 1px solid var(--line); margin: 0 0 1rem; padding: .75rem 0 0; min-width: 0; }
legend { float: left; width: 100%; padding: 0; font-weight: 600; }
legend + * { clear: both; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: .125rem .75rem; padding: .5rem 0; }
.choice input { width: 1.25rem; height: 1.25rem; margin: .125rem 0 0; accent-color: var(--accent); }
.choice small { grid-column: 2; }
button, .button {
  font: inherit; font-weight: 600; padding: .625rem 1.125rem; min-height: 2.75rem; border-radius: .5rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer;
}
button.plain { background: transparent; color: var(--bad); border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
textarea {
  display: block; width: 100%; min-height: 6rem; margin: .25rem 0 1rem; padding: .5rem; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .5rem;
}
.scale { display: flex; flex-wrap: wrap; gap: .375rem; margin: .5rem 0 .25rem; clear: both; }
.scale label { position: relative; }
.scale input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.scale span {
  display: grid; place-items: center; min-width: 2.5rem; height: 2.75rem; padding: 0 .375rem;
  border: 1px solid var(--quiet); border-radius: .5rem;
}
.scale input:checked + span { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.scale input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.ends { display: flex; justify-content: space-between; margin-bottom: 1rem; }
`;
