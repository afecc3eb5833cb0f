import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** One accent: petrol, as on the portal. */
const petrol: MantineColorsTuple = [
  '#e8f6f5', '#d3eae8', '#a6d5d2', '#76bfba', '#4fada6', '#36a19a', '#279b93', '#168780', '#0b6e6e', '#005f5c',
]

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 8 },
  colors: { petrol },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    // A message may outlive a change of language, so its cross is named in both.
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Жабу / Закрыть' } } },
  },
})

/** The library's grey of secondary text and its coloured words on colour are too pale to be read by all (WCAG 1.4.3: 4.5 to 1). */
export const variables: CSSVariablesResolver = (resolved) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': resolved.colors.gray[7], '--mantine-color-placeholder': resolved.colors.gray[7],
    '--mantine-color-green-light-color': '#1b5e2a', '--mantine-color-yellow-light-color': '#664d03', '--mantine-color-orange-light-color': '#8a2f06',
    '--mantine-color-red-light-color': '#9d1212', '--mantine-color-orange-text': '#8a2f06', '--mantine-color-red-text': '#c92a2a', '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': resolved.colors.dark[1], '--mantine-color-placeholder': resolved.colors.dark[1],
    '--mantine-color-petrol-light': 'rgba(79, 173, 166, 0.2)', '--mantine-color-petrol-light-hover': 'rgba(79, 173, 166, 0.28)',
    '--mantine-color-petrol-light-color': petrol[1], '--mantine-color-gray-light': 'rgba(255, 255, 255, 0.1)', '--mantine-color-error': '#ff8787',
  },
})
