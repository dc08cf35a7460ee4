/**
 * The only script of a report: copies commands, hands out the numbers as a file, and opens what is
 * folded before printing. Without it everything can still be read.
 */
export const PAGE_SCRIPT =
  `(()=>{const d=document,say=(b,t)=>{const o=b.textContent;b.textContent=t;setTimeout(()=>{b.textContent=o},1600)};` +
  `d.querySelectorAll('button[data-copy]').forEach(b=>{b.hidden=false;b.addEventListener('click',async()=>{` +
  `const p=b.parentElement.querySelector('pre');try{await navigator.clipboard.writeText(p.textContent);say(b,'Copied')}` +
  `catch{const r=d.createRange();r.selectNodeContents(p);const s=getSelection();s.removeAllRanges();s.addRange(r);say(b,'Selected')}})});` +
  `const j=d.getElementById('download');j.hidden=false;j.addEventListener('click',()=>{const a=d.createElement('a');` +
  `a.href=URL.createObjectURL(new Blob([d.getElementById('diagnosis').textContent],{type:'application/json'}));` +
  `a.download='diagnosis.json';a.click();setTimeout(()=>URL.revokeObjectURL(a.href),1e4)});` +
  `addEventListener('beforeprint',()=>d.querySelectorAll('details:not(.long)').forEach(e=>{e.open=true}))})()`;

/** SHA-256 of the script, for the content security policy; a test recomputes it. */
export const PAGE_SCRIPT_HASH = 'sha256-rd16J94EgvXTvkbX2HIGdgAO4/ihC5x9Bybq2124V8M=';
