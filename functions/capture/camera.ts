import type { CaptureElement } from '../contract/answer.ts';
import type { Device } from '../contract/record.ts';

/** A picture of a page as a device class sees it, and where its elements stand in it. */
export interface Photograph {
  jpeg: Uint8Array;
  viewportWidth: number;
  viewportHeight: number;
  /** Of the picture, in px: as wide as the viewport, at most `pictureHeightMax` high. */
  width: number;
  height: number;
  elements: CaptureElement[];
}

export interface Subject {
  url: string;
  device: Device;
  /** What is hidden beside banners that ask for consent. */
  hideSelectors: readonly string[];
  /** Whether a document may come from an origin, wherever the page leads. */
  originAllowed(origin: string): boolean;
}

export interface Camera {
  /** @throws CaptureError when the page can't be had; any other error is a fault of the camera. */
  photograph(subject: Subject): Promise<Photograph>;
}

export const pictureHeightMax = 12_000;
export const elementsMax = 2_000;

/** Viewports that stand for the device classes. */
export const viewports: Record<Device, { width: number; height: number }> = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 834, height: 1112 },
  mobile: { width: 390, height: 844 },
};
