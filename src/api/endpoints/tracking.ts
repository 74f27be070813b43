/** Tracking presets, user preferences and visitor history views (webhooks-and-more.md 9 to 11). */
import type { WrittenSection } from './endpoint.ts';

const page = 'webhooks-and-more.md';

export const trackingPresets = {
  section: 'Tracking presets',
  page,
  endpoints: [
    {
      name: 'trackingPresets.list',
      method: 'GET',
      path: '/trackingpresets',
      scope: 'SalesIQ.trackingpresets.READ',
      at: '9',
      doc: 'Lists the tracking presets.',
    },
    {
      name: 'trackingPresets.get',
      method: 'GET',
      path: '/trackingpresets/{id}',
      scope: 'SalesIQ.trackingpresets.READ',
      at: '9',
      doc: 'Shows one tracking preset.',
    },
    {
      name: 'trackingPresets.create',
      method: 'POST',
      path: '/trackingpresets',
      scope: 'SalesIQ.trackingpresets.CREATE',
      contentType: 'json',
      at: '9',
      doc: 'Creates a tracking preset.',
    },
    {
      name: 'trackingPresets.update',
      method: 'PUT',
      path: '/trackingpresets/{id}',
      scope: 'SalesIQ.trackingpresets.UPDATE',
      contentType: 'json',
      at: '9',
      doc: 'Changes a tracking preset.',
    },
    {
      name: 'trackingPresets.setEnabled',
      method: 'PUT',
      path: '/trackingpresets/{id}',
      scope: 'SalesIQ.trackingpresets.UPDATE',
      contentType: 'json',
      variant: 'enabled alone',
      at: '9',
      doc: 'Switches a tracking preset on or off.',
    },
    {
      name: 'trackingPresets.delete',
      method: 'DELETE',
      path: '/trackingpresets/{id}',
      scope: 'SalesIQ.trackingpresets.DELETE',
      at: '9',
      doc: 'Deletes a tracking preset.',
    },
    {
      name: 'trackingPresets.criteriaFields',
      method: 'GET',
      path: '/criteriafields/trackingpresets',
      scope: 'SalesIQ.criteriafields.READ',
      items: 'fields',
      at: '9',
      doc: 'Lists the fields that rings of tracking presets may name.',
    },
  ],
} as const satisfies WrittenSection;

export const userPreferences = {
  section: 'User preferences',
  page,
  endpoints: [
    {
      name: 'userPreferences.get',
      method: 'GET',
      path: '/userpreferences',
      scope: 'SalesIQ.userpreferences.READ',
      at: '10',
      doc: "Shows the caller's preferences: tracking, and views of the visitor history.",
    },
    {
      name: 'userPreferences.setTracking',
      method: 'PUT',
      path: '/userpreferences/tracking',
      scope: 'SalesIQ.userpreferences.UPDATE',
      contentType: 'json',
      at: '10',
      doc: 'Sets how the caller sees visitors.',
    },
    {
      name: 'userPreferences.setVisitorHistoryView',
      method: 'PUT',
      path: '/userpreferences/visitorhistoryviews',
      scope: 'SalesIQ.userpreferences.UPDATE',
      contentType: 'json',
      at: '10',
      doc: 'Chooses the view of one of the three lists.',
    },
  ],
} as const satisfies WrittenSection;

export const visitorHistoryViews = {
  section: 'Visitor history views',
  page,
  endpoints: [
    {
      name: 'visitorHistoryViews.list',
      method: 'GET',
      path: '/visitorhistoryviews',
      scope: 'SalesIQ.visitorhistoryviews.READ',
      at: '11',
      doc: 'Lists the views of the visitor history.',
    },
    {
      name: 'visitorHistoryViews.get',
      method: 'GET',
      path: '/visitorhistoryviews/{id}',
      scope: 'SalesIQ.visitorhistoryviews.READ',
      at: '11',
      doc: 'Shows one view.',
    },
    {
      name: 'visitorHistoryViews.create',
      method: 'POST',
      path: '/visitorhistoryviews',
      scope: 'SalesIQ.visitorhistoryviews.CREATE',
      contentType: 'json',
      at: '11',
      doc: 'Creates a view.',
    },
    {
      name: 'visitorHistoryViews.update',
      method: 'PUT',
      path: '/visitorhistoryviews/{id}',
      scope: 'SalesIQ.visitorhistoryviews.UPDATE',
      contentType: 'json',
      at: '11',
      doc: 'Changes a view.',
    },
    {
      name: 'visitorHistoryViews.delete',
      method: 'DELETE',
      path: '/visitorhistoryviews/{id}',
      scope: 'SalesIQ.visitorhistoryviews.DELETE',
      at: '11',
      doc: 'Deletes a view.',
    },
    {
      name: 'visitorHistoryViews.criteriaFields',
      method: 'GET',
      path: '/criteriafields/visitorhistory',
      scope: 'SalesIQ.criteriafields.READ',
      items: 'fields',
      at: '11',
      doc: 'Lists the fields that criteria of views may name.',
    },
  ],
} as const satisfies WrittenSection;
