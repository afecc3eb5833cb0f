/**
 * Signs the exact bytes of a file with ЭЦП of НУЦ РК: NCALayer runs on the signer's own machine and asks for the key
 * itself. Gives a detached CMS in Base64.
 * @throws Error `cancelled` where the signer gave up, anything else where NCALayer is not there
 */
export async function signByLayer(file: string): Promise<string> {
  const [{ NCALayerClient }, bytes] = await Promise.all([import('ncalayer-js-client'), fetch(file).then((response) => response.arrayBuffer())])
  const layer = new NCALayerClient(undefined, false)
  await layer.connect()
  try {
    const signed = await layer.basicsSignCMS(NCALayerClient.basicsStorageAll, bytes, NCALayerClient.basicsCMSParamsDetached, NCALayerClient.basicsSignerSignAny)
    return (Array.isArray(signed) ? signed[0]! : signed).replace(/-----[^-]+-----|\s/g, '')
  } catch (error) {
    throw new Error((error as { canceledByUser?: boolean }).canceledByUser ? 'cancelled' : 'failed', { cause: error })
  }
}
