/** A button that copies the link and says so. */
class CopyLink extends HTMLElement {
  connectedCallback(): void {
    // Absent on plain HTTP: then the link is selected by hand.
    if (!navigator.clipboard) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'press quiet'
    button.textContent = this.dataset['copy'] ?? ''
    const said = document.createElement('span')
    said.setAttribute('role', 'status')
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(this.dataset['text'] ?? '').then(() => {
        said.textContent = ` ${this.dataset['copied'] ?? ''}`
        setTimeout(() => { said.textContent = '' }, 4_000)
      })
    })
    this.replaceChildren(button, said)
  }
}

customElements.define('copy-link', CopyLink)

export {}
