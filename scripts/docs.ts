import { writeFileSync } from 'node:fs'
import { generatedDocs } from './generated-docs.ts'

for (const [file, text] of Object.entries(generatedDocs())) writeFileSync(file, text)
