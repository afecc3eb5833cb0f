import { Alert, Group, SegmentedControl, Select, SimpleGrid, Table, Text, TextInput, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type ReactNode } from 'react'
import { refusalWords } from '../../../regulation/refusals.ts'
import { readTenge } from '../../../regulation/tariffs.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { client } from '../client.ts'
import { useSpeech } from '../session.tsx'
import type { AccountCard } from './account-forms.tsx'
import { FormDialog, useFields } from './form-dialog.tsx'
import { monthOf, tenge, useAccountWords } from './sections.tsx'

type Form = { readonly account: AccountCard; readonly close: () => void }
type Recalculated = Awaited<ReturnType<typeof client.accounts.previewRecalculation>>

/** An account set right: by an amount, or by counting a charge anew with what was true (п. 11.3.1). */
export function CorrectForm({ account, close }: Form) {
  const words = useAccountWords()
  const [way, setWay] = useState<'byFacts' | 'byAmount'>('byFacts')
  const choice = <SegmentedControl fullWidth value={way} onChange={(v) => setWay(v as typeof way)} data={(['byFacts', 'byAmount'] as const).map((value) => ({ value, label: words[value] }))} />
  return way === 'byAmount' ? <ByAmount account={account} close={close}>{choice}</ByAmount> : <ByFacts account={account} close={close}>{choice}</ByFacts>
}

function ByAmount({ account, close, children }: Form & { readonly children: ReactNode }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ service: account.services[0]!.service, amount: '', back: true, reason: '' }))
  const [wrong, setWrong] = useState(false)
  return (
    <FormDialog
      title={words.correctTitle} close={close} submit={words.post} said={({ period }) => words.posted(monthOf(period))}
      send={() => {
        const amount = readTenge(fields.amount.replaceAll(/[\s\u00A0]/g, '').replace(',', '.'))
        setWrong(!amount)
        return client.accounts.correctAccount({ id: account.id, service: fields.service, amount: Number(amount ?? 0n) * (fields.back ? -1 : 1), reason: fields.reason, seen: account.corrections[0]?.id ?? 0 })
      }}
    >
      {(faults) => (
        <>
          {children}
          <ServiceField account={account} value={fields.service} change={(service) => set({ service })} />
          <Group grow align="start">
            <Select label={words.correct} value={fields.back ? 'back' : 'more'} onChange={(v) => set({ back: v === 'back' })} data={[{ value: 'back', label: words.giveBack }, { value: 'more', label: words.charge }]} allowDeselect={false} />
            <TextInput label={words.amount} value={fields.amount} onChange={(e) => { set({ amount: e.currentTarget.value }); setWrong(false) }} error={wrong ? refusalWords('amount_invalid', language) : faults['amount']} inputMode="decimal" maxLength={20} required data-autofocus />
          </Group>
          <Textarea label={words.reason} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={500} autosize minRows={2} required />
        </>
      )}
    </FormDialog>
  )
}

function ServiceField({ account, value, change }: { readonly account: AccountCard; readonly value: string; readonly change: (service: AccountCard['services'][number]['service']) => void }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  return <Select label={words.service} value={value} onChange={(v) => { if (v) change(v as AccountCard['services'][number]['service']) }} data={account.services.map(({ service }) => ({ value: service, label: tariffWords[language].services[service] }))} allowDeselect={false} />
}

function ByFacts({ account, close, children }: Form & { readonly children: ReactNode }) {
  const words = useAccountWords()
  const [fields, setFields] = useFields(() => ({ service: account.services[0]!.service, period: account.bills[0]?.period ?? '', residents: '', benefit: 'same' as 'same' | 'yes' | 'no', quantity: '', night: '', reason: '' }))
  const [preview, setPreview] = useState<Recalculated>()
  const set = (change: Partial<typeof fields>) => { setFields(change); if (!('reason' in change)) setPreview(undefined) }
  const facts = () => ({
    id: account.id, service: fields.service, period: fields.period, ...(fields.residents !== '' && { residents: Number(fields.residents) }), ...(fields.benefit !== 'same' && { benefit: fields.benefit === 'yes' }),
    ...(fields.quantity !== '' && { quantity: fields.quantity }), ...(fields.night !== '' && { night: fields.night }),
  })
  const zones = account.meters.some((meter) => meter.service === fields.service && meter.registers === 2)
  const ready = preview !== undefined && preview.difference !== 0
  const send = async (): Promise<Recalculated | { readonly period: string }> => (ready ? client.accounts.recalculateCharge({ ...facts(), reason: fields.reason, difference: preview.difference }) : client.accounts.previewRecalculation(facts()))
  return (
    <FormDialog
      title={words.correctTitle} close={close} size="lg" submit={ready ? words.post : words.preview} send={send}
      done={(result) => {
        if ('before' in result) return setPreview(result)
        notifications.show({ message: words.posted(monthOf(result.period)), color: 'petrol' })
        close()
      }}
    >
      {(faults) => (
        <>
          {children}
          <Text size="sm" c="dimmed">{words.recalcHint}</Text>
          <Group grow align="start">
            <ServiceField account={account} value={fields.service} change={(service) => set({ service })} />
            <Select label={words.month} value={fields.period} onChange={(v) => { if (v) set({ period: v }) }} data={account.bills.map(({ period }) => ({ value: period, label: monthOf(period) }))} allowDeselect={false} error={faults['period']} />
          </Group>
          <SimpleGrid cols={{ base: 1, xs: zones ? 4 : 3 }}>
            <TextInput label={words.residentsField} value={fields.residents} onChange={(e) => set({ residents: e.currentTarget.value.replace(/\D/g, '') })} error={faults['residents']} inputMode="numeric" maxLength={2} placeholder={preview && String(preview.before.residents)} data-autofocus />
            <Select label={words.benefitOf} value={fields.benefit} onChange={(v) => set({ benefit: (v ?? 'same') as typeof fields.benefit })} data={(['same', 'yes', 'no'] as const).map((value) => ({ value, label: words.benefitWas[value] }))} allowDeselect={false} />
            <TextInput label={words.quantity} value={fields.quantity} onChange={(e) => set({ quantity: e.currentTarget.value })} error={faults['quantity']} inputMode="decimal" maxLength={20} placeholder={preview?.before.quantity} />
            {zones && <TextInput label={words.nightQuantity} value={fields.night} onChange={(e) => set({ night: e.currentTarget.value })} error={faults['night']} inputMode="decimal" maxLength={20} placeholder={preview?.before.night} />}
          </SimpleGrid>
          {preview && <Comparison preview={preview} />}
          {preview && !ready && <Alert color="gray" role="status">{words.noDifference}</Alert>}
          {ready && <Textarea label={words.reason} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={500} autosize minRows={2} required />}
        </>
      )}
    </FormDialog>
  )
}

/** What was charged beside what other facts make of it, line by line, and what is between them. */
function Comparison({ preview }: { readonly preview: Recalculated }) {
  const words = useAccountWords()
  const side = (title: string, one: Recalculated['before']) => (
    <div>
      <Text fw={650} size="sm">{title}: {tenge(one.amount)}</Text>
      <Text size="sm" c="dimmed">{words.residentsCount(one.residents)}, {one.benefit ? words.benefit : words.noBenefit} · {words.quantity.toLowerCase()} {one.quantity}{one.night && ` / ${one.night}`}</Text>
      <Table fz="xs" verticalSpacing={2} className="figures">
        <Table.Tbody>{one.lines.map((line, i) => <Table.Tr key={i}><Table.Td>{line.what === 'tier' ? words.tier(line.tier ?? 1) : words.parts[line.what]}</Table.Td><Table.Td>{line.quantity} × {tenge(line.price)}</Table.Td><Table.Td ta="right">{tenge(line.net)}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">{words.vat(one.vatPercent)}</Text>
    </div>
  )
  return (
    <div className="sheet" aria-live="polite">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>{side(words.was, preview.before)}{side(words.willBe, preview.after)}</SimpleGrid>
      {preview.earlier !== 0 && <Text size="sm" mt="xs">{words.earlier}: {tenge(preview.earlier)}</Text>}
      <Text fw={650} mt="xs">{words.difference}: {tenge(preview.difference)}</Text>
    </div>
  )
}
