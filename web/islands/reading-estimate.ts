/** While a reading is typed: what it would come to, asked of the same operation that the page asks. */
class ReadingEstimate extends HTMLElement {
  connectedCallback(): void {
    const field = this.closest('fieldset')
    const out = this.querySelector('.estimate')
    const { account, meter } = this.dataset
    if (!field || !out || !account || !meter) return
    const words = JSON.parse(this.dataset['words'] ?? '{}') as { used: string; cost: string; doubts: Record<string, string> }
    const before = out.textContent ?? ''
    const value = field.querySelector<HTMLInputElement>(`#value-${meter}`)
    const night = field.querySelector<HTMLInputElement>(`#night-${meter}`)
    let asked = 0
    let waiting = 0
    const ask = async () => {
      const mine = ++asked
      if (!value?.value || (night && !night.value)) return void (out.textContent = before)
      const response = await fetch(`/api/v1/cabinet/accounts/${account}/readings/estimate`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
        body: JSON.stringify({ meter: Number(meter), value: value.value, ...(night && { night: night.value }) }),
      }).catch(() => undefined)
      if (mine !== asked || !response) return
      const told = (await response.json()) as { used?: string; total?: number; doubts?: string[]; errors?: { message?: string }[] }
      if (!response.ok) return void (out.textContent = told.errors?.[0]?.message ?? before)
      const text = (told.total === undefined ? words.used : words.cost.replace('{sum}', tenge(told.total))).replace('{used}', (told.used ?? '').replace('.', ','))
      out.textContent = [text, ...(told.doubts ?? []).map((doubt) => words.doubts[doubt] ?? doubt)].join(' · ')
    }
    field.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = window.setTimeout(() => void ask(), 350)
    })
  }
}

const tenge = (tiyn: number): string => `${String(Math.floor(tiyn / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00A0')},${String(tiyn % 100).padStart(2, '0')}`

customElements.define('reading-estimate', ReadingEstimate)

export {}
