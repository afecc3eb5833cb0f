import { Alert, Anchor, Badge, Button, Card, Group, Progress, SegmentedControl, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { languages, type Language } from '../../../regulation/vocabulary.ts'
import { billPrintWords } from '../../i18n/bill-prints.ts'
import { formatDateTime, formatMonth } from '../../i18n/format.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

type List = Awaited<ReturnType<typeof client.bills.listBillPrints>>
type Print = List['prints'][number]
type Scope = 'all' | 'district' | 'building'

export const printColours = { printing: 'blue', troubled: 'orange', done: 'green', cancelled: 'gray', removed: 'gray' } as const

/** Bills of a month for paper: whose, in which language; and what was printed before (п. 11.3.1). */
export function BillPrintsPage() {
  const { language } = useSpeech()
  const words = billPrintWords[language]
  const query = useQuery({ ...api.bills.listBillPrints.queryOptions(), refetchInterval: ({ state }) => (state.data?.prints.some((one) => one.state === 'printing') ? 1_500 : false) })
  const { data } = query
  useTitle(words.title)
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.title}</Title>
      <Text c="dimmed">{words.hint}</Text>
      <Shown query={query} empty={data?.months.length === 0 ? <Empty title={words.noMonths} hint={words.noMonthsHint} /> : undefined}>
        {data && (
          <>
            <NewPrint list={data} />
            <Title order={2} size="h4" mt="sm">{words.earlier}</Title>
            {data.prints.length === 0 && <Empty title={words.none} hint={words.noneHint} />}
            {data.prints.map((print) => <PrintLine key={print.id} print={print} />)}
          </>
        )}
      </Shown>
    </Stack>
  )
}

function NewPrint({ list }: { readonly list: List }) {
  const { language } = useSpeech()
  const words = billPrintWords[language]
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [period, setPeriod] = useState(list.months[0]!)
  const [scope, setScope] = useState<Scope>('all')
  const [district, setDistrict] = useState<string | null>(null)
  const [building, setBuilding] = useState<string | null>(null)
  const [of, setOf] = useState<Language>(language)
  const start = useMutation({
    mutationFn: () => client.bills.printBills({ period, language: of, ...(scope === 'district' && district && { district }), ...(scope === 'building' && building && { building: Number(building) }) }),
    onSuccess: async ({ id, bills }) => {
      notifications.show({ message: words.started(bills), color: 'petrol' })
      await queries.invalidateQueries({ queryKey: api.bills.key() })
      await navigate({ to: '/bills/$printId', params: { printId: String(id) } })
    },
  })
  const faults = faultWords(start.error, language)
  const incomplete = (scope === 'district' && !district) || (scope === 'building' && !building)
  return (
    <Card withBorder component="form" onSubmit={(e) => { e.preventDefault(); start.mutate() }}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label={words.month} value={period} onChange={(v) => { if (v) setPeriod(v) }} allowDeselect={false} error={faults['period']} data={list.months.map((one) => ({ value: one, label: formatMonth(one, language) }))} />
          <Select label={words.language} value={of} onChange={(v) => { if (v) setOf(v as Language) }} allowDeselect={false} data={languages.map((one) => ({ value: one, label: words.languages[one] }))} />
        </SimpleGrid>
        <Stack gap={4}>
          <Text size="sm" fw={500} id="whose-bills">{words.whose}</Text>
          <SegmentedControl
            aria-labelledby="whose-bills" value={scope} onChange={(v) => setScope(v as Scope)} style={{ alignSelf: 'start' }}
            data={(['all', 'district', 'building'] as const).map((one) => ({ value: one, label: words.scopes[one] }))}
          />
        </Stack>
        {scope === 'district' && <Select label={words.district} value={district} onChange={setDistrict} searchable error={faults['district']} data={list.districts} />}
        {scope === 'building' && <BuildingField value={building} choose={setBuilding} error={faults['building']} />}
        {start.error && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(start.error, language)}</Alert>}
        <Button type="submit" loading={start.isPending} disabled={incomplete} style={{ alignSelf: 'start' }}>{words.start}</Button>
      </Stack>
    </Card>
  )
}

/** A house by a part of its address. */
function BuildingField({ value, choose, error }: { readonly value: string | null; readonly choose: (id: string | null) => void; readonly error: string | undefined }) {
  const { language } = useSpeech()
  const words = billPrintWords[language]
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, 200)
  const { data = [] } = useQuery({ ...api.bills.findBuildings.queryOptions({ input: { text } }), placeholderData: keepPreviousData })
  return (
    <Select
      label={words.building} placeholder={words.buildingHint} searchable value={value} onChange={choose} searchValue={typed} onSearchChange={setTyped} nothingFoundMessage={words.nothingFound} error={error}
      filter={({ options }) => options} data={data.map(({ id, address }) => ({ value: String(id), label: address }))}
    />
  )
}

function PrintLine({ print }: { readonly print: Print }) {
  const { language } = useSpeech()
  const words = billPrintWords[language]
  return (
    <Card withBorder p="sm">
      <Group justify="space-between">
        <div>
          <Anchor component={Link} to={`/bills/${print.id}`} fw={650}>{formatMonth(print.period, language)}: {placeOf(print, language)}</Anchor>
          <Text size="sm" c="dimmed">{words.count(print.bills)} · {words.languages[print.language]} · {words.by(print.madeBy, formatDateTime(print.madeAt))}</Text>
        </div>
        <Badge tt="none" size="lg" variant="light" color={printColours[print.state]}>{words.states[print.state]}</Badge>
      </Group>
      {print.state === 'printing' && <Progress mt="xs" value={(print.done / print.bills) * 100} animated aria-label={words.progress(print.done, print.bills)} />}
    </Card>
  )
}

/** Whose bills: of all, a district or a house. */
export const placeOf = (print: Pick<Print, 'district' | 'building'>, language: Language): string => print.building ?? print.district ?? billPrintWords[language].everybody
