import { readFileSync, writeFileSync, rmSync } from 'node:fs'
import QRCode from 'qrcode'
import { composeBills } from '../../server/bills/compose-bill.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { config, group, period, sampleBill, today } from './sample-bills.ts'
const T = 'server/papers/templates/'
const base = readFileSync(T + 'bill.typ', 'utf8')
let serial = 5000000
const filled = (text: string) => {
  const { modules: { size, data } } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  let d = ''
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) { if (!data[y * size + x]) continue; let w = 1; while (x + w < size && data[y * size + x + w]) w++; d += `M${x} ${y}h${w}v1h-${w}z`; x += w }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${d}"/></svg>`
}
const text = 'Лицевой счёт 1000001; 2026-10; 24 386,66 ₸\n' + 'ТОО «Петропавловские Тепловые Сети»; БИН 990340000004; ИИК KZ63999TEST000000002; БИК KCJBKZKX; КБе 17; КНП 859; 10 000,50 ₸\n'.repeat(4)
const run = async (name: string, template: string, change = (b: any, i: number) => b) => {
  writeFileSync(T + 'zz-try.typ', template)
  const t = openTypesetter()
  const sheets = []
  for (let i = 0; i < 60; i++) { serial++; const l = sampleBill(); const c = await composeBills({ config, group }, period, [sampleBill({ account: { number: String(serial), id: serial, holder_name: `Имя ${serial}` }, bill: { lines: l.bill.lines.map((x) => ({ ...x, net: x.net + serial % 9999, amount: x.amount + serial % 9973 })) } })], 'ru', today); sheets.push({ ...c, bills: c.bills.map((b) => change(b, serial)) }) }
  for (let i = 0; i < 5; i++) await t.typeset('zz_try' as never, sheets[i] as never)
  const s = performance.now()
  for (const x of sheets.slice(5)) await t.typeset('zz_try' as never, x as never)
  console.log(name.padEnd(30), ((performance.now() - s) / 55).toFixed(1))
  await t.stop()
}
const noFooter = base.replace(/footer: context \{[\s\S]*?\n {2}\},/, '')
const noqr = ({ qr, ...b }: any) => b
for (let k = 0; k < 2; k++) {
  await run('as is', base)
  await run('no qr', base, noqr)
  await run('filled qr', base, (b, i) => ({ ...b, qr: filled(text + i) }))
  await run('no footer', noFooter)
  await run('no footer, no qr', noFooter, noqr)
  await run('empty', '#import "base.typ": *\n#for one in data.bills [x #one.number]')
}
let s = performance.now(); for (let i = 0; i < 100; i++) await QRCode.toString(text + i, { type: 'svg', margin: 0, errorCorrectionLevel: 'L' }); console.log('toString', (performance.now() - s) / 100)
s = performance.now(); for (let i = 0; i < 100; i++) filled(text + i); console.log('filled', (performance.now() - s) / 100)
rmSync(T + 'zz-try.typ')
