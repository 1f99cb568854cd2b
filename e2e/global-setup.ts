import { hasBuild, isBuildCurrent } from '#scripts/setup/product.mjs'

/** The browser tests run the built product: say when that is missing, or not what the sources say. */
export default function globalSetup(): void {
  if (!hasBuild()) throw new Error('The browser tests run the built product, and there is none: npm run build')
  if (!isBuildCurrent())
    process.stderr.write('The built product is older than its sources; the browser tests run it as it is (npm run build).\n')
}
