import QRCode from 'qrcode'

/** A QR code as plain shapes: no picture to load, nothing inline that the page's policy would refuse. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!modules.get(y, x)) continue
      const from = x
      while (x + 1 < size && modules.get(y, x + 1)) x += 1
      path += `M${from} ${y}h${x - from + 1}v1h${from - x - 1}z`
    }
  }
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`-3 -3 ${size + 6} ${size + 6}`} shape-rendering="crispEdges">
      <rect x="-3" y="-3" width={size + 6} height={size + 6} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  )
}
