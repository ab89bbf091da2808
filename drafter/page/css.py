"""What is the same in every page: the desk the paper lies on, figures that tell their source, print and phones."""

from __future__ import annotations

BASE = """
*{box-sizing:border-box}
html{color-scheme:only light;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:#000;background:#e9e9e6}
p,h1,h2,h3,h4,h5,h6,figure,ul{margin:0;padding:0;font-size:inherit;font-weight:inherit}
main{line-break:strict;overflow-wrap:anywhere;text-autospace:no-autospace;orphans:1;widows:1;tab-size:21pt}
.paper{white-space:pre-wrap;position:relative;display:flex;flex-direction:column;margin:18pt auto;background:#fff;box-shadow:0 1pt 6pt #0004}
.paper>*{flex:none}
.run-in{display:inline}
.loose{break-after:auto!important}
.keep,h1,h2,h3,h4,h5,h6{break-after:avoid}
.run-in{break-after:auto}
.tabbed{display:flex;justify-content:space-between}
.tab{flex:none;width:0;overflow:hidden}
.rule{flex:none;break-before:avoid}
.foot{position:absolute}
.strip{margin-top:auto;break-inside:avoid}
table{border-collapse:collapse;table-layout:fixed;margin:0 auto}
th,td{padding:0 5.4pt;border:.5pt solid #000;font-weight:inherit;vertical-align:middle}
.bare th,.bare td{border:0;padding:0}
tr,figure{break-inside:avoid}
.distribute{text-align:justify;text-align-last:justify}
figure{align-self:center;text-align:center;line-height:normal;letter-spacing:normal;max-width:100%}
figure img,figure svg{display:block;max-width:100%;height:auto;margin:0 auto}
.lost{border:.5pt dashed #888;color:#555;padding:6pt}
nav a{color:inherit;text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}
.fact{unicode-bidi:isolate}
.missing{background:#ff0}
"""
SCREEN = """
@media screen{
.fact{cursor:help;border-radius:2pt}
.fact:hover,.fact:focus{background:#cfe4ff;outline:1pt solid #4d8fd6}
.missing:hover,.missing:focus,.missing:target{background:#ffd23f}
body:has(#all:checked) .fact:not(.missing){background:#e3efff}
.fact:focus::after{content:attr(title);position:fixed;left:0;right:0;bottom:0;z-index:9;padding:9pt 12pt;background:#1f2a36;color:#fff;
font:11pt/1.6 system-ui,"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;letter-spacing:0;text-indent:0;text-align:left;white-space:pre-wrap}
.note{max-width:595.3pt;margin:12pt auto -6pt;padding:9pt 12pt;background:#fffbe8;border:.75pt solid #e2d7a4;color:#333;
font:11pt/1.7 system-ui,"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}
.note p,.note ul{margin:0}
.note ul{padding-left:1.4em}
.note label{white-space:nowrap;cursor:pointer}
.note a{color:#8a4b00}
details{font:10pt/1.6 system-ui,"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;letter-spacing:0;white-space:normal;color:#333}
summary{cursor:pointer;text-align:center}
details th,details td{padding:0 6pt;border-color:#999}
}
"""
PRINT = """
@media print{
body{background:none}
.note,details,.foot{display:none}
.paper{display:block;margin:0;box-shadow:none}
.paper+.paper{break-before:page}
.missing{print-color-adjust:exact;-webkit-print-color-adjust:exact}
figure svg,.rule,.paper p{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
PHONE = """
@media screen and (max-width:640pt){
.note{margin:0;border-width:0 0 .75pt}
.paper,.lying{width:auto;min-height:0;margin:0;padding:18pt 14pt;box-shadow:none;zoom:.82}
.wide{overflow-x:auto}
.rule{width:100%!important;margin-left:0!important}
.above{padding-top:0}
.foot{position:static!important}
}
"""
