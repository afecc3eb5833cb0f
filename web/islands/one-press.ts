/** The button says that the form is on its way and takes no second press. The server would take it as the same. */
class OnePress extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('button.press[type=submit]')
    const words = button?.textContent ?? ''
    let isSent = false
    this.addEventListener('submit', (event) => {
      if (event.defaultPrevented || !button) return
      if (isSent) return event.preventDefault()
      isSent = true
      button.setAttribute('aria-disabled', 'true')
      button.textContent = this.dataset['sending'] ?? words
    })
    // Back in the history the page comes as it was left.
    window.addEventListener('pageshow', () => {
      isSent = false
      button?.removeAttribute('aria-disabled')
      if (button) button.textContent = words
    })
  }
}

customElements.define('one-press', OnePress)

export {}
