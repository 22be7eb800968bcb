import type { Manifest } from '../registry/manifest.js';

/** @param computed hash of the features the model will be handed @throws Error where it was trained on others */
export function checkFeatures({ name, version, featuresHash }: Manifest, computed: string): void {
  if (featuresHash !== computed) {
    throw new Error(
      `Model ${name} ${version} was trained on other features (${featuresHash.slice(0, 12)}) than this version computes (${computed.slice(0, 12)}). Train it again.`,
    );
  }
}
