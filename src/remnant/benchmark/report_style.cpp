#include "remnant/benchmark/report_sections.h"

namespace remnant::benchmark {

std::string pageStyle() {
  return R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 66rem; padding: 1.5rem 1.25rem 4rem; background: #fff; color: #1a1a1a;
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", "Noto Serif", Georgia, serif; }
h1, h2, h3, h4, table, figcaption, .banner, .kicker, svg text, dl {
  font-family: "Helvetica Neue", Helvetica, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.75rem 0 .75rem; padding-top: .6rem;
  border-top: 2px solid #1a1a1a; }
h3 { font-size: 1.08rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: .95rem; margin: 1.25rem 0 .4rem; font-weight: 600; }
p { margin: 0 0 .8rem; max-width: 44rem; }
.kicker { color: #595959; font-size: .9rem; margin: 0 0 .25rem; }
.banner { max-width: none; margin: 1rem 0 1.4rem; padding: .65rem .9rem; border: 1px solid #8a5a00;
  border-left-width: .4rem; background: #fff6df; font-weight: 600; font-size: .98rem; }
.lead { font-size: 1.12rem; }
.result { display: grid; gap: 1rem 2.5rem; align-items: start; }
@media (min-width: 56rem) { .result { grid-template-columns: minmax(0, 1fr) minmax(22rem, 26rem); } }
.note { color: #444; font-size: .94rem; }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { padding: .38rem .8rem .38rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 1.5px solid #1a1a1a; white-space: nowrap; }
tbody tr > * { border-bottom: 1px solid #e2e2e2; }
tbody th { font-weight: 500; }
.figures { min-width: 46rem; width: 100%; }
.figures tbody th { white-space: nowrap; }
.counts tbody th { white-space: nowrap; }
.interval { display: block; color: #555; font-size: .84em; white-space: nowrap; }
.counts td { text-align: right; padding-left: .8rem; }
.counts .right { background: #edf3f8; }
.facts th { white-space: nowrap; color: #444; padding-right: 1.5rem; }
.facts td { overflow-wrap: anywhere; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: .84rem; line-height: 1.4; color: #333; margin-top: .35rem; }
.charts, .matrices { display: grid; gap: 1.2rem 2.5rem; margin-bottom: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.cases { display: grid; gap: 1.1rem;
  grid-template-columns: repeat(auto-fill, minmax(max(10rem, calc((100% - 3.3rem) / 4)), 1fr)); }
.cases.neck-region { grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.4rem 2rem; }
svg { display: block; width: 100%; height: auto; }
.views { overflow: visible; }
.charts h3 { margin: .5rem 0; }
.charts .chart { margin: 0 auto; }
.chart text { font-size: 13px; fill: #1a1a1a; }
.chart .tick { font-size: 12px; fill: #444; }
.chart .axis-title { fill: #444; }
.chart .heading { font-weight: 700; }
.chart .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: .3rem 0 .8rem; padding: 0; list-style: none;
  font-size: .9rem; }
.key svg { display: inline-block; width: 1.5rem; height: 1rem; vertical-align: -.15rem; margin-right: .4rem; }
code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .84rem; }
pre { overflow-x: auto; padding: .8rem 1rem; background: #f5f5f3; border: 1px solid #e2e2e2; }
li { max-width: 44rem; margin-bottom: .35rem; }
@media (max-width: 30rem) {
  body { padding: 1rem .9rem 3rem; font-size: 1rem; }
  h1 { font-size: 1.6rem; }
  .cases:not(.neck-region) { gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; font-size: 1rem; }
  h2 { margin-top: 1.6rem; }
  p { max-width: none; }
  .charts, .matrices { grid-template-columns: 1fr 1fr; }
  .result { grid-template-columns: minmax(0, 1fr) 7cm; }
  h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  .figures { min-width: 0; font-size: 8pt; }
  .banner, .counts .right { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .cases { grid-template-columns: repeat(4, 1fr); }
  .cases.neck-region { grid-template-columns: repeat(2, 1fr); }
}
)css";
}

}  // namespace remnant::benchmark
