/** What was typed stays on this device until it is sent or forgotten, a week at most: a lost connection loses nothing. */
class DraftKeeper extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    if (!form) return
    const key = `jauap:${this.dataset['key'] ?? ''}`
    if (this.dataset['fresh'] === 'yes') this.restore(form, key)
    let waiting = 0
    form.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = window.setTimeout(() => keep(form, key), 400)
    })
    form.addEventListener('submit', (event) => {
      keep(form, key)
      if (navigator.onLine) return
      event.preventDefault()
      this.say(this.dataset['offline'] ?? '')
    }, true)
  }

  restore(form: HTMLFormElement, key: string): void {
    const draft = read(key)
    if (!draft || Object.keys(draft.values).length === 0) return
    for (const [name, value] of Object.entries(draft.values)) put(form, name, value)
    form.dispatchEvent(new Event('input', { bubbles: true }))
    this.say(this.dataset['restored'] ?? '', () => {
      clear(key)
      location.reload()
    })
  }

  say(text: string, forget?: () => void): void {
    this.querySelector('.drafted')?.remove()
    const line = document.createElement('div')
    line.className = 'notice drafted'
    line.setAttribute('role', 'status')
    line.append(text)
    if (forget) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'plain'
      button.textContent = this.dataset['forget'] ?? ''
      button.addEventListener('click', forget)
      line.append(button)
    }
    this.prepend(line)
    line.scrollIntoView({ block: 'nearest' })
  }
}

type Draft = { readonly at: number; readonly values: Readonly<Record<string, string>> }

const kept = ['kind', 'subject', 'text', 'group', 'name', 'identifier', 'address', 'answerWay', 'email', 'phone']
const typed = ['subject', 'text', 'name', 'identifier', 'address', 'email', 'phone']
const week = 7 * 86_400_000

function keep(form: HTMLFormElement, key: string): void {
  const data = new FormData(form)
  const values = Object.fromEntries(kept.flatMap((name) => {
    const value = data.get(name)
    return typeof value === 'string' && value !== '' ? [[name, value]] : []
  }))
  try {
    if (typed.some((name) => name in values)) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }))
  } catch {
    // No room or not allowed: the form works without.
  }
}

function read(key: string): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null
    if (draft && Date.now() - draft.at < week) return draft
    clear(key)
  } catch {
    // Unreadable is as good as none.
  }
  return undefined
}

function clear(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
  }
}

function put(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof RadioNodeList) field.value = value
  else if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === '') field.value = value
}

customElements.define('draft-keeper', DraftKeeper)

export {}
