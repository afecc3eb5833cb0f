import { ActionIcon, Button, Group, Kbd, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconHelp, IconLanguage, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { useSpeech } from './session.tsx'

/** The header's right side: search, help, the other language, the other light. */
export function Tools({ help }: { readonly help: () => void }) {
  const { words } = useSpeech()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <>
      <Button
        variant="default" leftSection={<IconSearch size={16} />} rightSection={<Kbd size="xs" visibleFrom="md">Ctrl K</Kbd>}
        onClick={spotlight.open} visibleFrom="xs" w={{ xs: 240, md: 420 }} fw={400} c="dimmed" className="search" justify="space-between"
      >
        {words.search}
      </Button>
      <Group gap={4} wrap="nowrap">
        <ActionIcon hiddenFrom="xs" variant="subtle" size="lg" onClick={spotlight.open} aria-label={words.searchShort}>
          <IconSearch size={18} />
        </ActionIcon>
        <Tooltip label={words.shortcuts}>
          <ActionIcon variant="subtle" size="lg" onClick={help} aria-label={words.shortcuts} visibleFrom="sm"><IconHelp size={18} /></ActionIcon>
        </Tooltip>
        <OtherLanguage />
        <Tooltip label={words.theme}>
          <ActionIcon variant="subtle" size="lg" aria-label={words.theme} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
            {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
          </ActionIcon>
        </Tooltip>
      </Group>
    </>
  )
}

export function OtherLanguage() {
  const { words, language, setLanguage } = useSpeech()
  const other = language === 'kk' ? 'ru' : 'kk'
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<IconLanguage size={16} />} onClick={() => setLanguage(other)} lang={other}>
      {words.language}
    </Button>
  )
}
