import { ActionIcon, Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconPrinter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { api } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'
import { EndAccessForm, PlanForm, ReadingForm, ReplaceForm, SealsForm, SecretForm, TermsForm, VerifyForm, type AccountCard, type Meter, type Secret } from './account-forms.tsx'
import { CorrectForm } from './correct-form.tsx'
import { monthOf, tenge, useAccountWords, useOffice } from './sections.tsx'
import { Wide } from '../parts/wide.tsx'

/** Which form is open over the card. */
type Open =
  | { readonly form: 'terms' | 'correct' } | { readonly form: 'plan'; readonly service: AccountCard['services'][number] } | { readonly form: 'reading' | 'replace' | 'verify' | 'seals'; readonly meter: Meter }
  | { readonly form: 'access'; readonly access: AccountCard['access'][number] } | { readonly form: 'secret'; readonly renew: boolean }

/** Everything that is known of a consumer's account, and what the office may change there (п. 11.3.1). */
export function AccountPage() {
  const { accountId } = useParams({ from: '/accounts/$accountId' })
  const words = useAccountWords()
  const query = useQuery(api.accounts.readAccount.queryOptions({ input: { id: Number(accountId) } }))
  const account = query.data
  useTitle(account && words.account(account.number))
  return (
    <Stack maw={1200} mx="auto">
      <Text size="sm" className="no-print"><Anchor component={Link} to="/accounts">{words.title}</Anchor></Text>
      <Shown query={query}>{account && <Whole key={account.id} account={account} />}</Shown>
    </Stack>
  )
}

function Whole({ account }: { readonly account: AccountCard }) {
  const words = useAccountWords()
  const office = useOffice()
  const [open, setOpen] = useState<Open>()
  const [secret, setSecret] = useState<Secret>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Group justify="space-between" align="start">
        <div>
          <Title order={1} size="h2">{words.account(account.number)}</Title>
          <Text fw={500}>{account.holder}</Text>
          <Text c="dimmed">{account.address}</Text>
          <Text size="sm" c="dimmed">{[words.area(account.area), account.stove && words.stove, account.commonHeatMeter && words.commonHeat, words.openedOn(formatDay(account.openedOn)), account.closedOn && words.closedOn(formatDay(account.closedOn))].filter(Boolean).join(' · ')}</Text>
        </div>
        <Stack gap={4} align="flex-end">
          <Text size="sm" c="dimmed">{account.owed < 0 ? words.ahead : words.owed}</Text>
          <Text fz={26} fw={700} className="figures" c={account.owed > 0 ? undefined : 'green'}>{tenge(Math.abs(account.owed))}</Text>
          {office?.settles && !office.outside && <Button size="sm" variant="default" className="no-print" onClick={() => setOpen({ form: 'correct' })}>{words.correct}</Button>}
        </Stack>
      </Group>
      {secret && <SecretPaper secret={secret} close={() => setSecret(undefined)} />}

      {/* Where the code is being printed, nothing else is. */}
      <Stack className={secret ? 'no-print' : undefined}>
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <Residents account={account} change={() => setOpen({ form: 'terms' })} />
          <Services account={account} change={(service) => setOpen({ form: 'plan', service })} />
        </SimpleGrid>
        <Meters account={account} open={setOpen} />
        <Readings account={account} />
        <Bills account={account} />
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <Payments account={account} />
          <Corrections account={account} />
          <Access account={account} end={(access) => setOpen({ form: 'access', access })}>
            {office?.window && (
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={() => setOpen({ form: 'secret', renew: false })}>{words.showSecret}</Button>
                <Button size="compact-sm" variant="default" onClick={() => setOpen({ form: 'secret', renew: true })}>{words.renewSecret}</Button>
              </Group>
            )}
          </Access>
          <Panel title={words.appeals}>
            {account.appeals.length === 0 ? <Text size="sm" c="dimmed">{words.noAppeals}</Text>
              : account.appeals.map((one) => <Text size="sm" key={one.id}><Anchor component={Link} to={`/appeals/${one.id}`} inherit>{one.number}</Anchor> {one.subject}</Text>)}
          </Panel>
        </SimpleGrid>
        <Changes account={account} />
      </Stack>

      {open?.form === 'terms' && <TermsForm account={account} close={close} />}
      {open?.form === 'correct' && <CorrectForm account={account} close={close} />}
      {open?.form === 'plan' && <PlanForm account={account} service={open.service} close={close} />}
      {open?.form === 'reading' && <ReadingForm account={account} meter={open.meter} close={close} />}
      {open?.form === 'replace' && <ReplaceForm account={account} meter={open.meter} close={close} />}
      {open?.form === 'verify' && <VerifyForm account={account} meter={open.meter} close={close} />}
      {open?.form === 'seals' && <SealsForm account={account} meter={open.meter} close={close} />}
      {open?.form === 'access' && <EndAccessForm account={account} access={open.access} close={close} />}
      {open?.form === 'secret' && <SecretForm account={account} renew={open.renew} close={close} shown={(found) => { setSecret(found); close() }} />}
    </>
  )
}

function Panel({ title, action, children }: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) {
  return (
    <Card withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="xs"><Title order={2} size="h4">{title}</Title>{action && <div className="no-print">{action}</div>}</Group>
      <Stack gap={6}>{children}</Stack>
    </Card>
  )
}

/** What is handed over at the window: printed alone. */
function SecretPaper({ secret, close }: { readonly secret: Secret; readonly close: () => void }) {
  const { words: common } = useSpeech()
  const words = useAccountWords()
  return (
    <Card withBorder p="lg" role="status">
      <Group justify="space-between" align="start">
        <div>
          <Text c="dimmed">{words.account(secret.number)} · {secret.address}</Text>
          <Text c="dimmed" size="sm">{words.secretIs}</Text>
          <Text fz={30} fw={700} className="figures" style={{ letterSpacing: '0.08em' }}>{secret.code}</Text>
          <Text size="sm" maw={520}>{words.secretPaper}</Text>
        </div>
        <Group gap="xs" className="no-print">
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>{words.print}</Button>
          <ActionIcon variant="subtle" size="lg" onClick={close} aria-label={common.close}><IconX size={18} /></ActionIcon>
        </Group>
      </Group>
    </Card>
  )
}

function Residents({ account, change }: { readonly account: AccountCard; readonly change: () => void }) {
  const words = useAccountWords()
  return (
    <Panel title={words.residents} action={<Button size="compact-sm" variant="default" onClick={change}>{words.changeTerms}</Button>}>
      {account.terms.length === 0 && <Text size="sm" c="dimmed">{words.unknown}</Text>}
      {account.terms.map((term, i) => (
        <div key={i}>
          <Text fw={term.holds ? 650 : 400} c={term.holds ? undefined : 'dimmed'}>{words.since(formatDay(term.from))}: {words.residentsCount(term.residents)}, {term.benefit ? words.benefit : words.noBenefit}</Text>
          <Text size="xs" c="dimmed">{term.basis}{term.by && ` · ${words.byWhom(term.by, formatDateTime(term.at))}`}</Text>
        </div>
      ))}
    </Panel>
  )
}

function Services({ account, change }: { readonly account: AccountCard; readonly change: (service: AccountCard['services'][number]) => void }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  return (
    <Panel title={words.balances}>
      {account.services.length === 0 ? <Text size="sm" c="dimmed">{words.noServices}</Text> : (
        <Wide label={words.balances}>
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th>{words.service}</Table.Th><Table.Th ta="right">{words.principal}</Table.Th><Table.Th ta="right">{words.penalty}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {account.services.map((one) => (
                <Table.Tr key={one.service}>
                  <Table.Td>
                    {tariff.services[one.service]}
                    <Text size="xs" c="dimmed">{tariff.plans[one.plan]}, {words.since(formatDay(one.from))}{one.plans.length > 1 && <>{' · '}<Anchor component="button" type="button" inherit className="no-print" aria-label={`${words.changePlan}: ${tariff.services[one.service]}`} onClick={() => change(one)}>{words.changePlan}</Anchor></>}</Text>
                  </Table.Td>
                  <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>{tenge(one.principal)}</Table.Td>
                  <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>{tenge(one.penalty)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </Panel>
  )
}

function Meters({ account, open }: { readonly account: AccountCard; readonly open: (what: Open) => void }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  const [all, setAll] = useState(false)
  const standing = account.meters.filter((meter) => !meter.removedOn)
  const removed = account.meters.filter((meter) => meter.removedOn)
  return (
    <Panel title={words.meters} action={removed.length > 0 && <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>{words.showRemoved(removed.length)}</Button>}>
      {standing.length === 0 && <Text size="sm" c="dimmed">{words.noMeters}</Text>}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {[...standing, ...(all ? removed : [])].map((meter) => (
          <div key={meter.id} className="sheet">
            <Text fw={650}>{tariff.services[meter.service]}</Text>
            <Text size="sm" className="figures">№ {meter.serial}</Text>
            <Text size="sm">{words.lastReading}: {meter.last ? <><b className="figures">{meter.last.value}{meter.last.night && ` / ${meter.last.night}`}</b>, {formatDay(meter.last.on)}</> : words.noReading}</Text>
            <Text size="xs" c="dimmed">{[`${words.digits}: ${meter.digits}`, meter.registers === 2 && words.twoRegisters, meter.seals && `${words.seals}: ${meter.seals}`, meter.removedOn ? words.removed(formatDay(meter.removedOn)) : words.installed(formatDay(meter.installedOn))].filter(Boolean).join(' · ')}</Text>
            <Group gap={6} mt={4}>
              {meter.nextVerificationOn && <Text size="xs" c="dimmed">{words.nextVerification} {formatDay(meter.nextVerificationOn)}</Text>}
              {meter.verification && (
                <Badge tt="none" variant="light" color={meter.verification.state === 'within60' ? 'orange' : 'red'} styles={{ root: { height: 'auto' }, label: { whiteSpace: 'normal' } }}>
                  {meter.verification.state === 'lapsed' ? words.lapsed(meter.verification.days) : meter.verification.days === 0 ? words.lapsesToday : words.lapsesIn(meter.verification.days)}
                </Badge>
              )}
            </Group>
            {!meter.removedOn && (
              <Group gap={6} mt="xs" className="no-print">
                <Button size="compact-sm" onClick={() => open({ form: 'reading', meter })} aria-label={`${words.enter} № ${meter.serial}`}>{words.enter}</Button>
                {(['verify', 'replace', 'seals'] as const).map((form) => {
                  const label = form === 'seals' ? words.changeSeals : words[form]
                  return <Button key={form} size="compact-sm" variant="default" onClick={() => open({ form, meter })} aria-label={`${label} № ${meter.serial}`}>{label}</Button>
                })}
              </Group>
            )}
          </div>
        ))}
      </SimpleGrid>
    </Panel>
  )
}

const stateColors = { sent: 'orange', accepted: 'green', billed: 'gray', refused: 'red' } as const

function Readings({ account }: { readonly account: AccountCard }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  const [all, setAll] = useState(false)
  const shown = all ? account.readings : account.readings.slice(0, 8)
  return (
    <Panel title={words.readings} action={account.readings.length > shown.length && <MoreButton count={account.readings.length} more={() => setAll(true)} />}>
      {account.readings.length === 0 ? <Text size="sm" c="dimmed">{words.noReadings}</Text> : (
        <Wide label={words.readings}>
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th>{words.takenOn}</Table.Th><Table.Th>{words.service}</Table.Th><Table.Th ta="right">{words.value}</Table.Th><Table.Th>{words.source}</Table.Th><Table.Th /></Table.Tr></Table.Thead>
            <Table.Tbody>
              {shown.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td className="figures">{formatDay(one.on)}</Table.Td>
                  <Table.Td>{tariff.services[one.service]}<Text size="xs" c="dimmed" className="figures">№ {one.serial}</Text></Table.Td>
                  <Table.Td ta="right" className="figures">{one.value}{one.night && ` / ${one.night}`}</Table.Td>
                  <Table.Td>{words.sources[one.source]}{one.doubts.length > 0 && <Text size="xs" c="dimmed">{one.doubts.map((doubt) => words.doubts[doubt]).join('; ')}</Text>}{one.reason && <Text size="xs" c="dimmed">{one.reason}</Text>}</Table.Td>
                  <Table.Td><Badge tt="none" variant="light" color={stateColors[one.state]}>{words.states[one.state]}{one.billedIn && ` ${monthOf(one.billedIn)}`}</Badge>{one.refusedFor && <Text size="xs" c="dimmed">{one.refusedFor}</Text>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </Panel>
  )
}

function MoreButton({ count, more }: { readonly count: number; readonly more: () => void }) {
  return <Button size="compact-sm" variant="subtle" onClick={more}>{useAccountWords().all(count)}</Button>
}

function Bills({ account }: { readonly account: AccountCard }) {
  const words = useAccountWords()
  const [all, setAll] = useState(false)
  const shown = all ? account.bills : account.bills.slice(0, 6)
  const columns = ['opening', 'charged', 'recalculated', 'penalty', 'paid', 'closing'] as const
  return (
    <Panel title={words.bills} action={account.bills.length > shown.length && <MoreButton count={account.bills.length} more={() => setAll(true)} />}>
      {account.bills.length === 0 ? <Text size="sm" c="dimmed">{words.noBills}</Text> : (
        <Wide label={words.bills}>
          <Table fz="sm" verticalSpacing={4} className="figures">
            <Table.Thead><Table.Tr><Table.Th>{words.period}</Table.Th>{columns.map((one) => <Table.Th key={one} ta="right">{words[one]}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{shown.map((bill) => <Table.Tr key={bill.period}><Table.Td>{monthOf(bill.period)}</Table.Td>{columns.map((one) => <Table.Td key={one} ta="right" fw={one === 'closing' ? 650 : undefined} style={{ whiteSpace: 'nowrap' }}>{tenge(bill[one])}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </Wide>
      )}
    </Panel>
  )
}

function Payments({ account }: { readonly account: AccountCard }) {
  const words = useAccountWords()
  return (
    <Panel title={words.payments}>
      {account.payments.length === 0 && <Text size="sm" c="dimmed">{words.noPayments}</Text>}
      {account.payments.slice(0, 12).map((one) => (
        <Group key={one.id} justify="space-between" gap="xs" wrap="nowrap">
          <div><Text size="sm" className="figures">{formatDay(one.on)}</Text><Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{one.source} · {one.reference}</Text></div>
          <Text size="sm" fw={650} className="figures" style={{ whiteSpace: 'nowrap' }}>{tenge(one.amount)}</Text>
        </Group>
      ))}
    </Panel>
  )
}

function Corrections({ account }: { readonly account: AccountCard }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  return (
    <Panel title={words.corrections}>
      {account.corrections.length === 0 && <Text size="sm" c="dimmed">{words.noCorrections}</Text>}
      {account.corrections.map((one) => (
        <Group key={one.id} justify="space-between" gap="xs" wrap="nowrap" align="start">
          <div>
            <Text size="sm">{tariffWords[language].services[one.service]}{one.corrects && `, ${words.correctsMonth(monthOf(one.corrects))}`}: {one.reason}</Text>
            <Text size="xs" c="dimmed">{words.byWhom(one.by, formatDateTime(one.at))}</Text>
          </div>
          <Text size="sm" fw={650} className="figures" style={{ whiteSpace: 'nowrap' }}>{tenge(one.amount)}</Text>
        </Group>
      ))}
    </Panel>
  )
}

function Access({ account, end, children }: { readonly account: AccountCard; readonly end: (access: AccountCard['access'][number]) => void; readonly children: ReactNode }) {
  const words = useAccountWords()
  return (
    <Panel title={words.access} action={children}>
      {account.access.length === 0 && <Text size="sm" c="dimmed">{words.noAccess}</Text>}
      {account.access.map((one) => (
        <Group key={one.id} justify="space-between" gap="xs">
          <div><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{one.email}</Text><Text size="xs" c="dimmed">{words.ways[one.way]}, {formatDateTime(one.since)}</Text></div>
          <Button size="compact-sm" variant="subtle" color="red" className="no-print" aria-label={`${words.endAccess}: ${one.email}`} onClick={() => end(one)}>{words.endAccess}</Button>
        </Group>
      ))}
    </Panel>
  )
}

function Changes({ account }: { readonly account: AccountCard }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  /** Details are kept as they are; codes and days are told in words. */
  const told = (name: string, value: string): string => {
    const said = name === 'service' ? tariff.services[value as keyof typeof tariff.services] ?? value : value in tariff.plans ? tariff.plans[value as keyof typeof tariff.plans] : /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value
    return name === 'benefit' ? (value === 'true' ? words.benefit : words.noBenefit) : name in words.details ? `${words.details[name as keyof typeof words.details]} ${said}` : said
  }
  const order = ['service', 'serial', 'before', ...Object.keys(words.details)]
  return (
    <Panel title={words.changes}>
      {account.changes.length === 0 ? <Text size="sm" c="dimmed">{words.noChanges}</Text> : (
        <ul className="history">
          {account.changes.map((one, i) => (
            <li key={i}>
              <Text size="xs" c="dimmed" className="figures">{formatDateTime(one.at)}</Text>
              <div><Text size="sm" fw={500}>{words.changeKinds[one.kind]}</Text><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{Object.entries(one.details).filter(([, value]) => value !== '').toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([name, value]) => told(name, value)).join(' · ')}</Text><Text size="xs" c="dimmed">{one.by}</Text></div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
