/** As a constructed style sheet it needs no 'unsafe-inline', and inside a closed shadow tree no style of the page reaches it. */
export const panelStyle = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; display: block !important; pointer-events: none !important; }
.stage { position: absolute; inset: 0; overflow: hidden; contain: strict; }
.layer, .shapes { position: absolute; inset: 0; width: 100%; height: 100%; }
.heat { position: absolute !important; inset: 0; }
.heat canvas { width: 100%; height: 100%; }
.bloom { position: absolute; width: 44px; height: 44px; border: 2px solid #e4572e; border-radius: 50%; }
.panel {
  --surface: #fffdf9; --raised: #fffdf9; --sunken: #ece7dd; --ink: #1f1c18; --soft: #5d564c; --line: #e5dfd4; --accent: #c2410c; --good: #15803d; --warn: #9a5b00; --bad: #b42318; --focus: #1d4ed8;
  position: absolute; top: 16px; right: 16px; box-sizing: border-box; width: 300px; max-width: calc(100vw - 16px); max-height: calc(100vh - 16px); overflow: auto;
  border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink);
  font: 13px/1.4 Inter, "SF Pro Text", -apple-system, "Segoe UI", Roboto, system-ui, sans-serif;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 12px 40px -12px rgb(0 0 0 / 40%); pointer-events: auto; color-scheme: light; text-align: left;
}
@media (prefers-color-scheme: dark) {
  .panel { --surface: #1b1a17; --raised: #4a453b; --sunken: #2b2924; --ink: #f3efe7; --soft: #b8b0a3; --line: #3a362f; --accent: #ff8552; --good: #4ade80; --warn: #f5b84d; --bad: #ff8a7a; --focus: #8ab4ff; color-scheme: dark; }
}
header { display: flex; align-items: center; gap: 4px; padding: 8px 8px 8px 14px; border-bottom: 1px solid var(--line); cursor: move; touch-action: none; user-select: none; }
h2 { flex: 1; min-width: 0; margin: 0; overflow: hidden; font-size: 13px; font-weight: 650; text-overflow: ellipsis; white-space: nowrap; }
button { box-sizing: border-box; width: 30px; height: 30px; padding: 0; border: 0; border-radius: 8px; background: none; color: var(--soft); font: 16px/1 system-ui, sans-serif; cursor: pointer; }
button:hover { background: var(--sunken); color: var(--ink); }
button.wide { width: auto; padding: 0 12px; border: 1px solid var(--line); color: var(--ink); font: inherit; justify-self: start; }
.move { cursor: move; touch-action: none; }
.body { display: grid; gap: 10px; padding: 12px 14px 14px; }
fieldset { display: grid; gap: 4px; margin: 0; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 4px; color: var(--soft); font-size: 11.5px; }
.choices { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2px; padding: 2px; border-radius: 9px; background: var(--sunken); }
.choice { position: relative; display: block; }
.choice input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.choice span { display: block; padding: 5px 4px; border-radius: 7px; color: var(--soft); text-align: center; white-space: nowrap; }
.choice input:checked + span { background: var(--raised); color: var(--ink); font-weight: 600; box-shadow: 0 1px 2px rgb(0 0 0 / 18%); }
.choice input:focus-visible + span, button:focus-visible, .live input:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.live { display: flex; align-items: center; gap: 8px; }
.live input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
p { margin: 0; }
.state { min-height: 18px; color: var(--soft); }
.state[data-tone=good] { color: var(--good); }
.state[data-tone=warn] { color: var(--warn); }
.state[data-tone=bad] { color: var(--bad); font-weight: 550; overflow-wrap: anywhere; }
.placed { font-variant-numeric: tabular-nums; }
.measure { color: var(--soft); font-size: 11.5px; }
.scale { height: 8px; margin-top: 4px; border-radius: 4px; }
.ticks { position: relative; height: 16px; color: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
.ticks span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.ticks span:last-child { transform: translateX(-100%); }
.hint { color: var(--soft); font-size: 11.5px; }
`;
