/** What was pressed longer ago than this is no longer meant. */
const MOST_MS = 10_000

declare global {
  interface Window {
    /** Does what was pressed before the page came to life, once. */
    replayEarly?: () => void
  }
}

/**
 * Runs before anything is painted. A page can be read before its scripts are there, and pressed, too: buttons and forms that were pressed
 * by then are kept, each once, and pressed again when they can do something. Links work by themselves.
 */
export const KEEP_EARLY = `(()=>{const kept=new Map(),at=()=>performance.now();const click=e=>{const b=e.target instanceof Element&&e.target.closest('button');if(b&&!b.form)kept.set(b,[at(),()=>b.disabled||b.click()])};const submit=e=>{e.preventDefault();const f=e.target;kept.set(f,[at(),()=>f.requestSubmit(e.submitter)])};const on=[['click',click],['submit',submit]];for(const[n,l]of on)addEventListener(n,l,true);window.replayEarly=()=>{for(const[n,l]of on)removeEventListener(n,l,true);delete window.replayEarly;for(const[e,[t,act]]of kept)if(e.isConnected&&at()-t<${MOST_MS})act()}})()`
