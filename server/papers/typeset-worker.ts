import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** The typesetter's thread: a template and its data in, a PDF out. Data reaches Typst as data, never as markup. */
const require = createRequire(import.meta.url)
const fontsOf = (name: string): string[] =>
  ['400Regular', '700Bold'].map((weight) => join(dirname(require.resolve(`@expo-google-fonts/${name}/package.json`)), weight))

const compiler = NodeCompiler.create({
  workspace: fileURLToPath(new URL('./templates/', import.meta.url)),
  fontArgs: [{ fontPaths: [...fontsOf('noto-serif'), ...fontsOf('noto-sans')] }],
})
const dataFile = fileURLToPath(new URL('./templates/data.json', import.meta.url))

parentPort!.on('message', ({ id, paper, data }: { id: number; paper: string; data: string }) => {
  try {
    compiler.mapShadow(dataFile, Buffer.from(data))
    const compiled = compiler.compile({ mainFilePath: fileURLToPath(new URL(`./templates/${paper.replaceAll('_', '-')}.typ`, import.meta.url)), resetRead: true })
    if (!compiled.result) {
      const said = compiled.takeError()
      throw new Error(`${paper}: ${JSON.stringify(said?.shortDiagnostics ?? said?.compilationStatus)}`)
    }
    const pdf = compiler.pdf(compiled.result, { pdfStandard: 'a-2b' })
    compiler.evictCache(2)
    parentPort!.postMessage({ id, pdf: new Uint8Array(pdf) })
  } catch (error) {
    parentPort!.postMessage({ id, error: (error as Error).message })
  }
})
