type Words = Readonly<Record<'choose' | 'camera' | 'drop' | 'sending' | 'done' | 'remove' | 'failed' | 'again' | 'tooMany' | 'tooLarge' | 'wait' | 'list', string>>
type Upload = { readonly file: File; readonly line: HTMLLIElement; request?: XMLHttpRequest | undefined; isDone: boolean }

/**
 * Files go up while the rest is being typed, by choosing, dropping or the camera, each with its progress and each
 * removable. What arrives is sent with the form as `kept`, as if the server had kept it from an earlier try.
 */
class FilePicker extends HTMLElement {
  uploads: Upload[] = []
  list = document.createElement('ul')
  said = document.createElement('p')
  words!: Words

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    if (!input) return
    this.words = JSON.parse(this.dataset['words'] ?? '{}') as Words
    this.list.className = 'picked'
    this.list.setAttribute('aria-label', this.words.list)
    this.said.setAttribute('role', 'status')
    this.said.className = 'fault'
    const described = input.getAttribute('aria-describedby')
    const camera = matchMedia('(pointer: coarse)').matches ? [chooser(this.words.camera, cameraInput(), (files) => this.take(files))] : []
    const plain = input.cloneNode() as HTMLInputElement
    input.remove()
    plain.removeAttribute('name')
    const zone = document.createElement('div')
    zone.className = 'zone'
    zone.append(chooser(this.words.choose, plain, (files) => this.take(files), described), ...camera)
    if (camera.length === 0) zone.append(this.words.drop)
    this.querySelector('.hint.lost')?.remove()
    this.append(zone, this.said, this.list)
    this.acceptDrops(zone)
    this.closest('form')?.addEventListener('submit', (event) => this.holdWhileSending(event), true)
  }

  acceptDrops(zone: HTMLElement): void {
    for (const name of ['dragenter', 'dragover']) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add('over') })
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('over'))
    zone.addEventListener('drop', (event) => {
      event.preventDefault()
      this.take([...(event.dataTransfer?.files ?? [])])
    })
  }

  take(files: readonly File[]): void {
    this.said.textContent = ''
    this.uploads = this.uploads.filter(({ line }) => line.isConnected)
    for (const file of files) {
      const kept = this.querySelectorAll('.kept input[name=kept]').length - this.querySelectorAll('.kept input[name=drop]:checked').length
      if (kept + this.uploads.length >= Number(this.dataset['maxFiles'])) {
        this.said.textContent = this.words.tooMany
        return
      }
      if (file.size > Number(this.dataset['maxBytes'])) {
        this.said.textContent = `${file.name}: ${this.words.tooLarge}`
        continue
      }
      const upload: Upload = { file, line: document.createElement('li'), isDone: false }
      this.uploads.push(upload)
      this.list.append(upload.line)
      this.send(upload)
    }
  }

  send(upload: Upload): void {
    const { file, line } = upload
    const name = document.createElement('span')
    name.textContent = file.name
    const state = document.createElement('small')
    state.className = 'muted'
    const progress = document.createElement('progress')
    progress.max = 1
    progress.setAttribute('aria-label', file.name)
    line.replaceChildren(name, state, press(this.words.remove, `${this.words.remove}: ${file.name}`, () => this.drop(upload)), progress)

    const request = new XMLHttpRequest()
    upload.request = request
    request.open('POST', '/api/v1/uploads')
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      progress.value = total ? loaded / total : 0
      state.textContent = this.words.sending.replace('{n}', String(Math.floor(progress.value * 100)))
    })
    request.addEventListener('load', () => {
      if (request.status !== 201) return this.fail(upload, (request.response as { title?: string } | null)?.title ?? this.words.failed, request.status < 500 && request.status !== 429)
      const { id, name: safe, size } = request.response as { id: string; name: string; size: number }
      const kept = document.createElement('input')
      kept.type = 'hidden'
      kept.name = 'kept'
      kept.value = `${id}:${size}:${safe}`
      progress.remove()
      state.textContent = this.words.done
      line.append(kept)
      upload.isDone = true
      this.said.textContent = ''
    })
    request.addEventListener('error', () => this.fail(upload, this.words.failed))
    request.send(file)
  }

  /** `forGood`: the file itself is refused, so that trying again is of no use. */
  fail(upload: Upload, why: string, forGood = false): void {
    const failed = document.createElement('small')
    failed.className = 'failed'
    failed.setAttribute('role', 'alert')
    failed.textContent = why
    upload.request = undefined
    upload.line.querySelector('progress')?.remove()
    upload.line.querySelector('small')?.remove()
    if (!forGood) upload.line.append(press(this.words.again, `${this.words.again}: ${upload.file.name}`, () => this.send(upload)))
    upload.line.append(failed)
  }

  drop(upload: Upload): void {
    upload.request?.abort()
    upload.line.remove()
    this.uploads = this.uploads.filter((other) => other !== upload)
    this.said.textContent = ''
    this.querySelector<HTMLElement>('.zone button')?.focus()
  }

  holdWhileSending(event: Event): void {
    if (!this.uploads.some(({ request, isDone }) => request && !isDone)) return
    event.preventDefault()
    this.said.textContent = this.words.wait
    this.said.scrollIntoView({ block: 'center' })
  }
}

/** A button before a chooser, so that it looks and speaks alike everywhere. */
function chooser(words: string, input: HTMLInputElement, take: (files: readonly File[]) => void, described?: string | null): HTMLElement {
  const holder = document.createElement('span')
  const button = press(words, '', () => input.click())
  button.className = 'press quiet'
  if (described) button.setAttribute('aria-describedby', described)
  if (input.id) {
    button.id = input.id
    input.removeAttribute('id')
  }
  input.hidden = true
  input.addEventListener('change', () => {
    take([...(input.files ?? [])])
    input.value = ''
  })
  holder.append(button, input)
  return holder
}

function cameraInput(): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = 'image/*'
  input.setAttribute('capture', 'environment')
  return input
}

function press(words: string, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'plain'
  button.textContent = words
  if (label) button.setAttribute('aria-label', label)
  button.addEventListener('click', act)
  return button
}

customElements.define('file-picker', FilePicker)

export {}
