/** The appeal is in: what was kept of it on this device goes. */
class DraftDone extends HTMLElement {
  connectedCallback(): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith('jauap:write')) localStorage.removeItem(key)
    } catch {
      // Nothing was kept then.
    }
  }
}

customElements.define('draft-done', DraftDone)

export {}
