/** Where there are scripts, a button prints; otherwise the hint inside says how. */
class PrintSlip extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'press quiet'
    button.textContent = this.dataset['print'] ?? ''
    button.addEventListener('click', () => window.print())
    this.replaceChildren(button)
  }
}

customElements.define('print-slip', PrintSlip)

export {}
