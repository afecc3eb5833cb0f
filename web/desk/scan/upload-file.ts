/** A scan as the desk knows it: where it is served from, and what it is. */
export type ScanFile = { readonly id: string; readonly name: string; readonly mediaType: string; readonly size: number; readonly src: string }

/** Sends one file by its own door, telling how much of it has gone; `signal` breaks it off. Rejects with the server's words. */
export function uploadFile(file: File, told: (percent: number) => void, signal: AbortSignal): Promise<ScanFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.upload.addEventListener('progress', ({ loaded, total }) => told(Math.floor((loaded / Math.max(total, 1)) * 100)))
    request.addEventListener('load', () => {
      const body = read(request.responseText)
      if (request.status === 201 && body.id) resolve({ id: body.id, name: body.name ?? file.name, mediaType: body.mediaType ?? '', size: body.size ?? file.size, src: `/api/v1/uploads/${body.id}` })
      else reject(new Error(body.errors?.[0]?.message ?? body.title ?? ''))
    })
    request.addEventListener('error', () => reject(new Error('')))
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

type Body = { readonly id?: string; readonly name?: string; readonly mediaType?: string; readonly size?: number; readonly title?: string; readonly errors?: { message: string }[] }
function read(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return {}
  }
}
