/** The page's style: follows the reader's light or dark setting, one column on a phone, plain on paper. */
export const style = `
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;--blue:#0a62c4;--orange:#b45309;--red:#b42318}
@media (prefers-color-scheme:dark){:root{--page:#0f1419;--text:#e6edf3;--soft:#9aa7b4;--line:#30363d;--panel:#161b22;--blue:#6cb2ff;--orange:#f0a35e;--red:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:1120px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 4px}h2{font-size:1.15rem;margin:36px 0 8px}
p{margin:0 0 12px;max-width:70ch}.soft{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
.tile{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px}
.tile b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span{display:block;color:var(--soft);font-size:.85rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:24px 32px;align-items:start}
figure{margin:0;break-inside:avoid}figure h2{margin-top:12px}figcaption{color:var(--soft);font-size:.9rem;margin-top:4px}
.chart{display:block;width:100%;max-width:560px;height:auto;font-family:inherit}
.chart text{fill:var(--text)}.chart .tick,.chart .name{fill:var(--soft);font-size:10.5px}.chart .label{font-size:11.5px;paint-order:stroke;stroke:var(--page);stroke-width:3px}
.grid{stroke:var(--line);stroke-width:.6}.axis{stroke:var(--soft);stroke-width:1}
.curve{fill:none;stroke:var(--blue);stroke-width:2}.hull{fill:none;stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
.point{fill:var(--blue)}.chosen{fill:var(--orange)}.bar{fill:var(--blue)}.bad{fill:var(--red)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}th,td{text-align:right;padding:4px 10px 4px 0;border-bottom:1px solid var(--line)}th:first-child,td:first-child{text-align:left}
.wide{overflow-x:auto}
details{border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin:0 0 8px;break-inside:avoid}
summary{cursor:pointer;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);border-radius:6px;padding:8px;font-size:.85rem;margin:4px 0 12px;max-height:24rem;overflow-y:auto}
h3{font-size:.9rem;margin:10px 0 0}
@media print{:root{--page:#fff;--text:#000;--soft:#444;--line:#bbb;--panel:#fff;--blue:#0a62c4;--orange:#b45309;--red:#b42318}main{max-width:none;padding:0}pre{max-height:none;overflow:visible}details::details-content{content-visibility:visible;display:block;height:auto}.charts{grid-template-columns:1fr 1fr}}
`;
