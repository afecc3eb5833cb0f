/** Says how many characters are left as the limit comes near; nothing is cut. */
class TextCounter extends HTMLElement {
  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute('for') ?? '') as HTMLTextAreaElement | null
    if (!field) return
    const max = Number(this.dataset['max'])
    this.setAttribute('aria-live', 'polite')
    const count = () => {
      const left = max - [...field.value].length
      this.classList.toggle('over', left < 0)
      this.textContent = left < 0 ? (this.dataset['over'] ?? '').replace('{n}', String(-left))
        : left <= max / 5 ? (this.dataset['left'] ?? '').replace('{n}', String(left)) : ''
    }
    field.addEventListener('input', count)
    count()
  }
}

customElements.define('text-counter', TextCounter)

export {}
