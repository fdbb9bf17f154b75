"""A bookmark that opens the form with the words that are selected on any page.

Its script runs on the page that a reader is on, takes the selected words, what stands around them
and what the page says of itself, and opens `/contribute` with them; it sends nothing elsewhere.
"""

from __future__ import annotations

import json
from urllib.parse import quote

_AROUND = 64  # letters on each side
_LONGEST = 2000  # letters of a selection that go into an address

_SCRIPT = """(function(){
var d=document,s=window.getSelection(),q=String(s).trim().slice(0,LONGEST),b='',a='',r,p;
if(s.rangeCount&&q){r=s.getRangeAt(0);p=d.createRange();p.selectNodeContents(d.body);
p.setEnd(r.startContainer,r.startOffset);b=p.toString().slice(-AROUND);
p.selectNodeContents(d.body);p.setStart(r.endContainer,r.endOffset);
a=p.toString().slice(0,AROUND);}
function m(n){var e=d.querySelector('meta[property="'+n+'"],meta[name="'+n+'"]');
return e?e.content:'';}
var t=d.querySelector('time[datetime]'),
on=m('article:published_time')||m('date')||(t?t.getAttribute('datetime'):'')||'';
window.open(TARGET+'?'+new URLSearchParams({url:location.href.split('#')[0],quote:q,
before:b,after:a,title:(m('og:title')||d.title).slice(0,300),
published:/^\\d{4}-\\d\\d-\\d\\d/.test(on)?on.slice(0,10):'',
language:d.documentElement.lang||''}));
})()"""


def bookmarklet(base_url: str) -> str:
    """The address of the bookmark: a `javascript:` link to this site's form."""
    script = (
        _SCRIPT.replace("\n", "")
        .replace("LONGEST", str(_LONGEST))
        .replace("AROUND", str(_AROUND))
        .replace("TARGET", json.dumps(f"{base_url}/contribute"))
    )
    return "javascript:" + quote(script, safe="!~*'();:@&=+$,/?#[]{}|")
