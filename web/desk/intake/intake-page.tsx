import { Stack, Tabs, Title } from '@mantine/core'
import { registerWords } from '../../i18n/register.ts'
import { useTitle } from '../parts/use-title.ts'
import { usePerson, useSpeech } from '../session.tsx'
import { receivers, registrars } from '../navigation.tsx'
import { Items } from './items.tsx'
import { SendForm } from './send-form.tsx'

/** For registrars, what waits to be registered; for districts and service centres, what they send and what became of it (п. 4.9, 5.2). */
export function IntakePage() {
  const { language } = useSpeech()
  const words = registerWords[language]
  const { holds } = usePerson()
  const registers = holds(...registrars)
  const sends = holds(...receivers)
  useTitle(registers ? words.intake : words.sending)
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{registers ? words.intake : words.sending}</Title>
      {sends && <SendForm />}
      {registers && (
        <Tabs defaultValue="waiting" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="waiting">{words.waiting}</Tabs.Tab>
            <Tabs.Tab value="registered">{words.registered}</Tabs.Tab>
            <Tabs.Tab value="returned">{words.returned}</Tabs.Tab>
          </Tabs.List>
          {(['waiting', 'registered', 'returned'] as const).map((status) => <Tabs.Panel key={status} value={status} pt="md"><Items status={status} /></Tabs.Panel>)}
        </Tabs>
      )}
      {sends && <Title order={2} size="h3" mt="lg">{words.mine}</Title>}
      {sends && <Items mine />}
    </Stack>
  )
}
