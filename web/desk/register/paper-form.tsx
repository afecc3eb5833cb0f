import { Alert, Button, Checkbox, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { partName, type Lack } from '../../../regulation/paper-form.ts'
import { answerWays, appealKinds, type AnswerWay, type AppealKind, type ApplicantGroup, type Language, type PaperChannel } from '../../../regulation/vocabulary.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { focused } from '../parts/focused.ts'
import { useGroup, useSpeech } from '../session.tsx'
import type { PaperDraft } from './paper-draft.ts'
import { Recognized } from './recognized.tsx'
import type { Done } from './registered.tsx'
import type { Item } from './register-page.tsx'

type Set = (change: Partial<PaperDraft>) => void

/** The fields of п. 4.2, all by keyboard; what the paper does not say is asked about once and then marked. */
export function PaperForm({ draft, set, item, organizations, channels, done }: {
  readonly draft: PaperDraft
  readonly set: Set
  readonly item?: Item | undefined
  readonly organizations: readonly string[]
  readonly channels: readonly PaperChannel[]
  readonly done: (made: Done) => void
}) {
  const { language, named } = useSpeech()
  const words = registerWords[language]
  const { organization } = useGroup()
  const form = useRef<HTMLFormElement>(null)
  const reservations = useQuery({ ...api.journal.listReservations.queryOptions({ input: { organization: draft.organization, journal: 'incoming' } }), retry: false }).data?.reservations ?? []
  const register = useMutation({
    mutationFn: (acknowledged: readonly Lack[]) => client.intake.registerPaper({ headers: { 'idempotency-key': draft.key }, body: bodyOf(draft, item, acknowledged) }),
    onSuccess: done,
  })
  const faults = faultWords(register.error, language)
  const lacking = (refusalOf(register.error)?.faults ?? []).flatMap(({ code, details }) => (code === 'lacks_unacknowledged' ? [String(details?.['lack']) as Lack] : []))
  const onlyLacks = lacking.length > 0 && lacking.length === refusalOf(register.error)?.faults.length
  const send = () => { if (!register.isPending) register.mutate(draft.acknowledged) }
  const sendWithMark = () => register.mutate(lacking)

  useEffect(() => { form.current?.querySelector<HTMLElement>('[data-first] input')?.focus() }, [])
  useEffect(() => {
    if (register.error && !onlyLacks) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [register.error, onlyLacks])
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter') return
    const at = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey) { event.preventDefault(); send() }
    else if (at.tagName === 'INPUT') { event.preventDefault(); goOn(form.current!, at) }
  }
  const text = (field: 'address' | 'phone' | 'email' | 'identifier' | 'account' | 'firstName' | 'middleName' | 'companyName' | 'outgoingNumber' | 'subject', label: string, more: object = {}) => (
    <TextInput label={label} value={draft[field]} onChange={(e) => set({ [field]: e.currentTarget.value })} error={faults[field]} {...more} />
  )
  const company = draft.group === 'company'
  return (
    <form ref={form} onKeyDown={keys} onSubmit={(e) => { e.preventDefault(); send() }} noValidate autoComplete="off">
      <Stack gap="xs">
        {register.error && !onlyLacks && <Alert color="red" role="alert">{errorWords(register.error, language)}</Alert>}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
          {organizations.length > 1 && (
            <Select
              label={words.organization} data={organizations.map((id) => ({ value: id, label: organization(id) }))} value={draft.organization} allowDeselect={false}
              disabled={item !== undefined} onChange={(v) => { if (v) set({ organization: v }) }} error={faults['organization']}
            />
          )}
          <Select
            label={words.channel} data={channels.map((one) => ({ value: one, label: named.channels[one] }))} value={draft.channel} allowDeselect={false}
            onChange={(v) => { if (v) set({ channel: v as PaperChannel }) }} error={faults['channel']}
          />
          <TextInput
            type="datetime-local" label={words.receivedAt} value={draft.receivedAt || localMinute()} onChange={(e) => set({ receivedAt: e.currentTarget.value })}
            error={faults['receivedAt']} max={localMinute()}
          />
          <Select
            label={words.kind} data={appealKinds.map((one) => ({ value: one, label: named.kinds[one] }))} value={draft.kind} allowDeselect={false}
            onChange={(v) => { if (v) set({ kind: v as AppealKind }) }} error={faults['kind']}
          />
          <Select
            label={words.language} data={[{ value: 'ru', label: words.ru }, { value: 'kk', label: words.kk }]} value={draft.language} allowDeselect={false}
            onChange={(v) => { if (v) set({ language: v as Language }) }}
          />
        </SimpleGrid>

        <SegmentedControl
          fullWidth aria-label={words.applicant} value={draft.group} onChange={(v) => set({ group: v as ApplicantGroup })}
          data={[{ value: 'person', label: words.person }, { value: 'company', label: words.company }]}
        />
        {company ? (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
            <div data-first style={{ gridColumn: '1 / -1' }}>{text('companyName', words.companyName)}</div>
            {text('outgoingNumber', words.outgoingNumber)}
            <TextInput type="date" label={words.outgoingOn} value={draft.outgoingOn} onChange={(e) => set({ outgoingOn: e.currentTarget.value })} error={faults['outgoingOn']} />
          </SimpleGrid>
        ) : (
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" verticalSpacing="xs">
            <div data-first>
              <TextInput
                label={words.lastName} value={draft.lastName} error={faults['lastName']} onChange={(e) => set({ lastName: e.currentTarget.value })}
                onBlur={() => { if (/\s/.test(draft.lastName.trim()) && !draft.firstName) set(partName(draft.lastName)) }}
              />
            </div>
            {text('firstName', words.firstName)}
            {text('middleName', `${words.middleName} (${words.optional})`)}
          </SimpleGrid>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
          {text('phone', words.phone, { inputMode: 'tel' })}
          {text('address', words.address)}
          {text('email', `${words.email} (${words.optional})`, { inputMode: 'email' })}
          {text('identifier', `${company ? words.bin : words.identifier} (${words.optional})`, { inputMode: 'numeric' })}
          {text('account', `${words.account} (${words.optional})`)}
          <Select
            label={words.answerWay} data={answerWays.map((one) => ({ value: one, label: named.answerWays[one] }))} value={draft.answerWay} allowDeselect={false}
            onChange={(v) => { if (v) set({ answerWay: v as AnswerWay }) }} error={faults['answerWay']}
          />
        </SimpleGrid>
        <Recognized draft={draft} set={set} />

        {text('subject', words.subject, { required: true })}
        <Textarea
          label={`${words.text} (${words.optional})`} value={draft.text} onChange={(e) => set({ text: e.currentTarget.value })} error={faults['text']} autosize minRows={2} maxRows={8}
        />
        <Group gap="lg" align="end">
          <NumberInput label={words.sheets} value={draft.sheets} onChange={(v) => set({ sheets: Number(v) || 0 })} error={faults['sheets']} min={0} max={999} w={90} />
          {reservations.length > 0 && (
            <Select
              label={words.reserved} value={draft.reserved} clearable w={260} error={faults['reserved']} onChange={(v) => set({ reserved: v ?? '' })}
              placeholder={words.none} data={reservations.map((one) => ({ value: `${one.year}/${one.n}`, label: `${one.number} — ${one.reason}` }))}
            />
          )}
        </Group>
        <Checkbox label={words.signed} checked={draft.signed} onChange={(e) => set({ signed: e.currentTarget.checked })} />
        {draft.kind === 'application' && (
          <Checkbox label={words.noWrittenReply} checked={draft.noWrittenReply} onChange={(e) => set({ noWrittenReply: e.currentTarget.checked })} />
        )}
        {draft.repeatOf && (
          <Text size="sm">
            {words.repeatOf} <b>{draft.repeatOf.number}</b>{' '}
            <Button size="compact-xs" variant="subtle" onClick={() => set({ repeatOf: undefined })}>{words.clear}</Button>
          </Text>
        )}
        {onlyLacks && (
          <Alert color="yellow" role="alertdialog" aria-label={words.withMark}>
            <Text mb="xs">{words.lacks(lacking.map((lack) => named.lacks[lack]).join(', '))}</Text>
            <Group gap="xs">
              <Button loading={register.isPending} onClick={sendWithMark} ref={focused}>{words.withMark}</Button>
              <Button variant="default" onClick={() => { register.reset(); form.current?.querySelector<HTMLElement>('[data-first] input')?.focus() }}>{words.back}</Button>
            </Group>
          </Alert>
        )}
        {!onlyLacks && <Button type="submit" size="md" loading={register.isPending}>{words.submit} · Ctrl+Enter</Button>}
      </Stack>
    </form>
  )
}

function bodyOf(draft: PaperDraft, item: Item | undefined, acknowledged: readonly Lack[]) {
  const { key: _, receivedAt, reserved, repeatOf, files, kind, noWrittenReply, ...typed } = draft
  const [year, n] = reserved.split('/').map(Number)
  return {
    ...typed, kind, noWrittenReply: kind === 'application' && noWrittenReply, acknowledged: [...acknowledged], files: files.map(({ id }) => id),
    ...(receivedAt && { receivedAt: instantOf(receivedAt) }), ...(item && { item: item.id }), ...(repeatOf && { repeatOf: repeatOf.id }),
    ...(year && n && { reserved: { year, n } }),
  }
}

/** A local minute of Asia/Almaty as an instant. */
const instantOf = (minute: string): string => new Date(`${minute}:00+05:00`).toISOString()
const localMinute = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 16)

/** Enter goes to the next field, and from the last one registers nothing by itself. */
function goOn(form: HTMLFormElement, from: HTMLElement): void {
  const fields = [...form.querySelectorAll<HTMLElement>('input:not([type=hidden]):not([disabled]), textarea, button[type=submit]')].filter((field) => field.offsetParent !== null)
  fields[fields.indexOf(from) + 1]?.focus()
}
