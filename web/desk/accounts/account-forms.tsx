import { Alert, Checkbox, Fieldset, Group, NumberInput, Radio, Select, SimpleGrid, Stack, Text, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ReadingDoubt } from '../../../regulation/readings.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { localToday } from '../card/working-days.ts'
import { client, errorWords, refusalOf } from '../client.ts'
import { useSpeech } from '../session.tsx'
import { FormDialog, useFields } from './form-dialog.tsx'
import { useAccountWords } from './sections.tsx'

export type AccountCard = Awaited<ReturnType<typeof client.accounts.readAccount>>
export type Meter = AccountCard['meters'][number]
type Form = { readonly account: AccountCard; readonly close: () => void }

/** Today, or the first open day where today's month is closed already. */
const firstOpen = ({ openFrom }: AccountCard): string => { const today = localToday(); return openFrom > today ? openFrom : `${today.slice(0, 7)}-01` < openFrom ? openFrom : `${today.slice(0, 7)}-01` }

export function TermsForm({ account, close }: Form) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ from: firstOpen(account), residents: account.residents ?? 1, benefit: account.benefit ?? false, basis: '' }))
  return (
    <FormDialog title={words.changeTerms} hint={words.termsHint} close={close} send={() => client.accounts.changeTerms({ id: account.id, ...fields })}>
      {(faults) => (
        <>
          <Group grow align="start">
            <TextInput type="date" label={words.from} value={fields.from} min={account.openFrom} onChange={(e) => set({ from: e.currentTarget.value })} error={faults['from']} required />
            <NumberInput label={words.residentsField} value={fields.residents} onChange={(v) => set({ residents: Number(v) })} min={0} max={50} allowDecimal={false} error={faults['residents']} required data-autofocus />
          </Group>
          <Checkbox label={words.benefitField} checked={fields.benefit} onChange={(e) => set({ benefit: e.currentTarget.checked })} />
          <TextInput label={words.basis} value={fields.basis} onChange={(e) => set({ basis: e.currentTarget.value })} error={faults['basis']} maxLength={300} required />
        </>
      )}
    </FormDialog>
  )
}

export function PlanForm({ account, service, close }: Form & { readonly service: AccountCard['services'][number] }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  const [fields, set] = useFields(() => ({ plan: service.plans.find((one) => one !== service.plan) ?? service.plan, from: firstOpen(account) }))
  return (
    <FormDialog title={`${words.changePlan}: ${tariff.services[service.service]}`} hint={words.planHint} close={close} send={() => client.accounts.changePlan({ id: account.id, service: service.service, ...fields })}>
      {(faults) => (
        <>
          <Radio.Group label={words.plan} value={fields.plan} onChange={(v) => set({ plan: v as typeof fields.plan })} error={faults['plan']}>
            <Stack gap="xs" mt={6}>{service.plans.map((plan) => <Radio key={plan} value={plan} label={tariff.plans[plan]} />)}</Stack>
          </Radio.Group>
          <TextInput type="date" label={words.from} value={fields.from} min={account.openFrom} onChange={(e) => set({ from: e.currentTarget.value })} error={faults['from']} required />
        </>
      )}
    </FormDialog>
  )
}

type Figures = { readonly value: string; readonly night: string }
function FigureFields({ registers, label, figures, change, faults, at = '', focus = false }: {
  readonly registers: number; readonly label: string; readonly figures: Figures; readonly change: (figures: Figures) => void; readonly faults: Readonly<Record<string, string>>; readonly at?: string; readonly focus?: boolean
}) {
  const words = useAccountWords()
  return (
    <Group grow align="start">
      <TextInput label={registers === 2 ? `${label}: ${words.day}` : label} value={figures.value} onChange={(e) => change({ ...figures, value: e.currentTarget.value })} error={faults[`${at}value`]} inputMode="decimal" autoComplete="off" maxLength={20} required {...(focus && { 'data-autofocus': true })} />
      {registers === 2 && <TextInput label={`${label}: ${words.night}`} value={figures.night} onChange={(e) => change({ ...figures, night: e.currentTarget.value })} error={faults[`${at}night`]} inputMode="decimal" autoComplete="off" maxLength={20} required />}
    </Group>
  )
}
const figuresOf = ({ value, night }: Figures, registers: number) => ({ value, ...(registers === 2 && { night }) })

export function ReadingForm({ account, meter, close }: Form & { readonly meter: Meter }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ value: '', night: '', takenOn: localToday(), source: 'office' as 'office' | 'inspector' | 'automatic', reason: '', key: crypto.randomUUID() }))
  const [sure, setSure] = useState(false)
  const change = (next: Partial<typeof fields>) => { set(next); setSure(false) }
  return (
    <FormDialog
      title={`${words.enterTitle} № ${meter.serial}`} hint={meter.last ? `${words.before}: ${meter.last.value}${meter.last.night ? ` / ${meter.last.night}` : ''}` : words.noReading} close={close} submit={sure ? words.sure : words.save}
      send={async () => {
        try {
          const { value, night, ...rest } = fields
          return await client.accounts.enterReading({ id: account.id, meter: meter.id, ...figuresOf({ value, night }, meter.registers), ...rest, confirmed: sure })
        } catch (error) {
          if (refusalOf(error)?.code === 'reading_doubtful') setSure(true)
          throw error
        }
      }}
      said={({ used }) => `${words.kept}: ${words.used(used)}`}
      warn={(error) => {
        const refusal = refusalOf(error)
        if (refusal?.code !== 'reading_doubtful') return undefined
        return <Alert color="orange" role="alert" title={words.doubtful}>{String(refusal.details['doubts'] ?? '').split(', ').map((doubt) => words.doubts[doubt as ReadingDoubt] ?? errorWords(error, language)).join('; ')}</Alert>
      }}
    >
      {(faults) => (
        <>
          <FigureFields registers={meter.registers} label={words.value} figures={fields} change={change} faults={faults} focus />
          <Group grow align="start">
            <TextInput type="date" label={words.takenOn} value={fields.takenOn} max={localToday()} onChange={(e) => change({ takenOn: e.currentTarget.value })} error={faults['takenOn']} required />
            <Select label={words.source} value={fields.source} onChange={(v) => { if (v) change({ source: v as typeof fields.source }) }} data={(['office', 'inspector', 'automatic'] as const).map((value) => ({ value, label: words.sources[value] }))} allowDeselect={false} />
          </Group>
          <TextInput label={words.remark} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={300} />
        </>
      )}
    </FormDialog>
  )
}

export function ReplaceForm({ account, meter, close }: Form & { readonly meter: Meter }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ on: localToday(), basis: '', serial: '', digits: meter.digits, registers: meter.registers as 1 | 2, seals: '', verifiedOn: '', nextVerificationOn: '', last: { value: '', night: '' }, first: { value: '0', night: '0' } }))
  return (
    <FormDialog
      title={`${words.replaceTitle} № ${meter.serial}`} close={close} size="lg" submit={words.replace}
      send={() => {
        const { verifiedOn, nextVerificationOn, last, first, ...rest } = fields
        return client.accounts.replaceMeter({ id: account.id, meter: meter.id, ...rest, ...(verifiedOn && { verifiedOn }), ...(nextVerificationOn && { nextVerificationOn }), last: figuresOf(last, meter.registers), first: figuresOf(first, fields.registers) })
      }}
    >
      {(faults) => (
        <>
          <Group grow align="start">
            <TextInput type="date" label={words.on} value={fields.on} max={localToday()} onChange={(e) => set({ on: e.currentTarget.value })} error={faults['on']} required />
            <TextInput label={words.act} value={fields.basis} onChange={(e) => set({ basis: e.currentTarget.value })} error={faults['basis']} maxLength={300} required />
          </Group>
          <Fieldset legend={`${words.oldMeter} № ${meter.serial}`}>
            {meter.last && <Text size="sm" c="dimmed" mb={4}>{words.before}: {meter.last.value}{meter.last.night && ` / ${meter.last.night}`}</Text>}
            <FigureFields registers={meter.registers} label={words.finalReading} figures={fields.last} change={(last) => set({ last })} faults={faults} at="last." focus />
          </Fieldset>
          <Fieldset legend={words.newMeter}>
            <Stack gap="sm">
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                <TextInput label={words.serial} value={fields.serial} onChange={(e) => set({ serial: e.currentTarget.value })} error={faults['serial']} maxLength={40} required />
                <NumberInput label={words.digits} value={fields.digits} onChange={(v) => set({ digits: Number(v) })} min={3} max={9} allowDecimal={false} error={faults['digits']} required />
                <Select label={words.registers} value={String(fields.registers)} onChange={(v) => set({ registers: v === '2' ? 2 : 1 })} data={[{ value: '1', label: words.oneRegister }, { value: '2', label: words.twoRegisters }]} allowDeselect={false} error={faults['registers']} />
              </SimpleGrid>
              <FigureFields registers={fields.registers} label={words.firstReading} figures={fields.first} change={(first) => set({ first })} faults={faults} at="first." />
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                <TextInput label={words.seals} value={fields.seals} onChange={(e) => set({ seals: e.currentTarget.value })} error={faults['seals']} maxLength={120} />
                <TextInput type="date" label={words.verifiedOn} value={fields.verifiedOn} max={localToday()} onChange={(e) => set({ verifiedOn: e.currentTarget.value })} error={faults['verifiedOn']} />
                <TextInput type="date" label={words.nextVerification} value={fields.nextVerificationOn} onChange={(e) => set({ nextVerificationOn: e.currentTarget.value })} error={faults['nextVerificationOn']} />
              </SimpleGrid>
            </Stack>
          </Fieldset>
        </>
      )}
    </FormDialog>
  )
}

export function VerifyForm({ account, meter, close }: Form & { readonly meter: Meter }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ verifiedOn: localToday(), nextVerificationOn: '', basis: '' }))
  return (
    <FormDialog title={`${words.verifyTitle} № ${meter.serial}`} close={close} send={() => client.accounts.verifyMeter({ id: account.id, meter: meter.id, ...fields })}>
      {(faults) => (
        <>
          <Group grow align="start">
            <TextInput type="date" label={words.verifiedOn} value={fields.verifiedOn} max={localToday()} onChange={(e) => set({ verifiedOn: e.currentTarget.value })} error={faults['verifiedOn']} required />
            <TextInput type="date" label={words.nextVerification} value={fields.nextVerificationOn} onChange={(e) => set({ nextVerificationOn: e.currentTarget.value })} error={faults['nextVerificationOn']} required data-autofocus />
          </Group>
          <TextInput label={words.certificate} value={fields.basis} onChange={(e) => set({ basis: e.currentTarget.value })} error={faults['basis']} maxLength={300} />
        </>
      )}
    </FormDialog>
  )
}

export function SealsForm({ account, meter, close }: Form & { readonly meter: Meter }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ seals: meter.seals, basis: '' }))
  return (
    <FormDialog title={`${words.sealsTitle} № ${meter.serial}`} close={close} send={() => client.accounts.changeSeals({ id: account.id, meter: meter.id, ...fields })}>
      {(faults) => (
        <>
          <TextInput label={words.seals} value={fields.seals} onChange={(e) => set({ seals: e.currentTarget.value })} error={faults['seals']} maxLength={120} required data-autofocus />
          <TextInput label={words.act} value={fields.basis} onChange={(e) => set({ basis: e.currentTarget.value })} error={faults['basis']} maxLength={300} />
        </>
      )}
    </FormDialog>
  )
}

export function EndAccessForm({ account, access, close }: Form & { readonly access: AccountCard['access'][number] }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ reason: '' }))
  return (
    <FormDialog title={words.endAccessTitle} hint={access.email} close={close} submit={words.endAccess} color="red" said={() => words.accessEnded} send={() => client.accounts.endAccountAccess({ id: account.id, access: access.id, ...fields })}>
      {(faults) => <Textarea label={words.reason} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={300} autosize minRows={2} required data-autofocus />}
    </FormDialog>
  )
}

export type Secret = Awaited<ReturnType<typeof client.accounts.readAccountSecret>>
export function SecretForm({ account, renew, shown, close }: Form & { readonly renew: boolean; readonly shown: (secret: Secret) => void }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ identified: '' }))
  const send = () => (renew ? client.accounts.renewAccountSecret : client.accounts.readAccountSecret)({ id: account.id, ...fields })
  return (
    <FormDialog title={renew ? words.renewSecret : words.showSecret} hint={renew ? words.renewHint : undefined} close={close} submit={renew ? words.renewSecret : words.showSecret} send={send} done={shown}>
      {(faults) => <Textarea label={words.identified} description={words.identifiedHint} value={fields.identified} onChange={(e) => set({ identified: e.currentTarget.value })} error={faults['identified']} maxLength={300} autosize minRows={2} required data-autofocus />}
    </FormDialog>
  )
}
