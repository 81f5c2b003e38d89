// Generated from server/openapi.json by `npm run api`. Do not edit.

export interface paths {
    "/v1/alerts/{id}/adjudication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records an officer's decision about a face: which of the entries it was taken for it is, if any. The same delivery
         *     is taken once.
         */
        post: operations["alerts_adjudicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records a second person's judgement of a true alert: whether the person in sight is the one in the picture. The same
         *     delivery is taken once.
         */
        post: operations["alerts_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/crop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes the crop of the matched face from the device that raised the alert, within 30 seconds. */
        put: operations["alerts_crop"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/engagement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Writes down what was done about the person. Whoever wrote it may send it again to correct it. An engagement that the end of
         *     the deployment overtook is taken for a day, without names and notes. The same delivery is taken once; what was written down without
         *     a server, with the time at which it was. That somebody was spoken to who was off the watchlist by then is taken too, and the journal
         *     says so.
         */
        put: operations["alerts_engage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps an alert's pictures as evidence beyond its deployment's end, under a key of their own (R77). */
        post: operations["holds_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/identity-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down that somebody's identity was checked, and by which power. An alert implies none. The same check of the same time
         *     is written once. Of somebody who was off the watchlist by then, none is taken.
         */
        post: operations["alerts_check_identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/observation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Counts what an officer saw of somebody who was engaged by mistake, once. It joins the deployment's counts, and the alert
         *     says only that it was counted. Where a deployment has few mistakes, its counts tell whose it was to whoever reads the
         *     database; answers leave small counts out.
         */
        post: operations["alerts_observe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the matched crop. */
        get: operations["alerts_probe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the alert has arrived on this screen, or that somebody looks at it there. Saying it again changes nothing. */
        post: operations["alerts_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the photo that the matched entry was enrolled with. */
        get: operations["alerts_reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the pilot certificate, which the server made for itself. */
        get: operations["certificate_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the complaints about all deployments. */
        get: operations["complaints_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/complaints/{id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a complaint with its outcome. The pictures that were held for it are let go, unless somebody renewed the hold.
         *     Whoever recorded it, or wrote the plan that it is about, does not close it.
         */
        post: operations["complaints_settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the deployments. */
        get: operations["deployments_list"];
        put?: never;
        /** Drafts an exercise with volunteers. */
        post: operations["deployments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one deployment. */
        get: operations["deployments_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/alert-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the deployment's alerts without names and pictures, for whoever holds one as evidence or takes a complaint about it. */
        get: operations["alerts_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/alert-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what became of the deployment's alerts that nobody decides about any more, without names and pictures. Whoever
         *     decides about alerts has what is left of their pictures from the alert itself.
         */
        get: operations["alerts_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the deployment's alerts. */
        get: operations["alerts_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/authorisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs for an operation. Whoever wrote on the plan, or put people onto the watchlist, can't. */
        post: operations["operations_authorise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offers a template for matching. The answer is empty below the threshold. */
        post: operations["candidates_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/clearances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of what is decided, or must be, about people on the watchlist. */
        get: operations["clearances_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records a complaint. What pictures there are of its alert are held while it is open, however long that takes (R98). */
        post: operations["complaints_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is seen of a deployment while it runs (R86). */
        get: operations["deployments_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed certificate of what was deleted at the deployment's end. */
        get: operations["deployments_deletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the devices that watch a deployment are doing, and its kiosks, by name (R129). */
        get: operations["heartbeats_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the deployment and deletes its watchlist, templates, photos and crops. */
        post: operations["deployments_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists who is enrolled, a page at a time. */
        get: operations["entries_list"];
        put?: never;
        /** Enrols a person. The template is made in the browser. */
        post: operations["entries_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes an entry with its template, photo and matched crops. It stops matching at once, and alerts about it are withdrawn. */
        delete: operations["entries_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agrees that an entry stays, for the reasons given. It is matched once nothing about it is undecided. */
        post: operations["clearances_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses an entry, which is deleted. */
        post: operations["clearances_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says why an entry should stay, and asks an authorising officer to agree. */
        post: operations["clearances_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/clearances/possible_duplicate/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides about a possible duplicate: both stay, one goes into the other, or it goes. */
        post: operations["clearances_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the best photo of an entry. */
        get: operations["entries_photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a photo of a person who is enrolled. A face is compared with all of them, and the best counts. */
        post: operations["photos_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/{entry}/photos/{photo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one of a person's photos. */
        get: operations["photos_show"];
        put?: never;
        post?: never;
        /** Deletes one of a person's photos, with its template. */
        delete: operations["photos_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/entries/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lists several people in one step, each whole or not at all. Who is listed already stays as they are, so that a long import
         *     can be broken off and begun again.
         */
        post: operations["entries_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follows the deployment. `id` is the event's number; events: `alert_raised`, `alert_crop`, `alert_contradicted`, `alert_repeated`, `alert_escalated`, `alert_receipt`, `alert_adjudicated`, `alert_not_adjudicated`, `alert_withdrawn`, `alert_confirmed`, `alert_engaged` (data: Alert) and `deployment_changed` (data: Deployment), and every ten seconds `beat`, without number. The stream opens with the number of the last event and no data. */
        get: operations["events_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says how the device is doing. It is kept in memory, in the place of what it said before. */
        put: operations["heartbeats_send"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/interruptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells of a time in which this device's camera was on and compared nobody, because it had no server. The same one is written
         *     down once.
         */
        post: operations["interruptions_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/kiosk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes this browser the deployment's kiosk. From then on its session may do no more than a kiosk needs, until somebody signs in
         *     on it.
         */
        post: operations["kiosk_set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public notice of an operation as text, to publish before it starts: place, time, duration, who is responsible, rights
         *     (R9).
         */
        get: operations["deployments_notice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What officers saw of people who were engaged by mistake, counted. Only once the deployment has ended, so that no count can be
         *     set against the time of an alert; counts of fewer than five are left out.
         */
        get: operations["deployments_observations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops matching at once, and deletes nothing. Its time still ends the deployment. */
        post: operations["deployments_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts another plan in the place of the old one. A signature over the old one is void; a live operation stops being matched. */
        put: operations["operations_amend"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The published row of a deployment that has ended, as CSV with exactly the published columns (R83). Faces seen are faces
         *     that were followed and of which at least one shot was good enough to be compared (R84). An alert is one face, however many
         *     people on the list it resembles: positive where it is one of them, else incorrect. What isn't recorded is empty.
         */
        get: operations["deployments_publication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a submitted plan back, or takes the signature off one that has not started. */
        post: operations["operations_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on after a pause. Of an operation only an authorising officer decides so (R87). */
        post: operations["deployments_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes the review of an operation that has ended. */
        put: operations["operations_review"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/review/sign-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs the review. Whoever wrote it can't. */
        post: operations["operations_sign_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/roster/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks each row of a list before anybody on it is listed. Stores nothing. */
        post: operations["roster_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/roster/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Compares the watchlist with a list of those who are still wanted: writes their legal status, tells who isn't among them,
         *     and removes whom it is told to.
         */
        put: operations["roster_confirm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/signs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photograph of the signs. */
        get: operations["operations_signs"];
        /** Confirms, with a photograph, that the signs stand where people see them before the zone of recognition (R10). */
        put: operations["operations_confirm_signs"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes live. Somebody must be enrolled; for an operation all must be seen to. */
        post: operations["deployments_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks an authorising officer to sign. The plan must be complete. */
        post: operations["operations_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/tallies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds to the counts of faces seen what was counted while the deployment was live. The same report counts once, however often it is sent. */
        post: operations["tallies_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/transform/probes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gives a device that captures the seed of the transform that its templates go through. */
        get: operations["transform_probes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/transform/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gives a browser in which people are enrolled the seed of the transform that their templates go through. */
        get: operations["transform_references"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/watchlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A page of who is on the watchlist, newest first, of those who are asked for. Whom somebody looks for is in the body: addresses
         *     are written down on the way.
         */
        post: operations["watchlist_page"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/watchlist-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms that everybody on the watchlist is still wanted. */
        post: operations["operations_confirm_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the signature off a live operation, which ends it and deletes its data (R6). */
        post: operations["operations_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/zone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this device looks at faces: what was set for it, or the whole picture. */
        get: operations["zone_show"];
        /** Says where this device looks at faces. Another device's zone stays as it is. */
        put: operations["zone_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the devices, withdrawn ones too. */
        get: operations["devices_list"];
        put?: never;
        /** Pairs this browser with a code. */
        post: operations["devices_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws a device's pairing, at once, and signs out whoever is signed in there. */
        delete: operations["devices_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/this": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pairs the browser of the administrator who asks. */
        post: operations["devices_create_this"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What models were measured to do, newest report first. For everybody who works with them. */
        get: operations["evaluations_list"];
        put?: never;
        /**
         * Adds what a model was measured to do. The page takes it from the report of `vedette evaluate`, and leaves the names of files
         *     behind.
         */
        post: operations["evaluations_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a report. The journal keeps that it was there. */
        delete: operations["evaluations_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says that the server runs, and which version. */
        get: operations["health_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the holds, also those that are over. */
        get: operations["holds_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the matched crop, as it is held. */
        get: operations["holds_probe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the photo that the matched entry was enrolled with, as it is held. */
        get: operations["holds_reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a hold: what it held is deleted, and its key destroyed. One that a complaint placed lasts while that is open. */
        post: operations["holds_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/renewal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds on for some days from now, for a reason that whoever renews it answers for. */
        post: operations["holds_renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the journal, the last entry first, a hundred at a time (R97). */
        get: operations["journal_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/kiosk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a kiosk tells whoever stands before it: for whom and for what it looks, and whether its lane is open. Why it is
         *     shut is meant for the control room: the page decides what of that the public reads.
         */
        get: operations["kiosk_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models, their cards, and what the thresholds rest on (R141). For everybody who works with them. */
        get: operations["models_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proposes an operation: a deployment that somebody else must sign for. */
        post: operations["operations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows who is responsible. */
        get: operations["organisation_show"];
        /** Says who is responsible, as public papers name it; and for how long a hold may last. */
        put: operations["organisation_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pairing-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a code that pairs one device, once, within five minutes. */
        post: operations["pairing_codes_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The plans that whoever asks is still writing, last saved first. Nobody sees another's: who writes on a plan can't sign it, so
         *     nobody is to write on one unseen.
         */
        get: operations["plans_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keeps what was typed of a plan, in the place of what was typed before. It is nobody's but its writer's, so the journal says
         *     nothing of it until it is proposed.
         */
        put: operations["plans_save"];
        post?: never;
        /** Discards an unfinished plan. */
        delete: operations["plans_discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation allows on watchlists: the categories that there are, and what images must be. */
        get: operations["policy_show"];
        /** Sets what this installation allows on watchlists. Plans that there are keep their categories until they are changed. */
        put: operations["policy_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/annual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A year in figures: the operations that started in it, each and together (R91). */
        get: operations["reports_annual"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/annual.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same report as CSV: one row for each operation and one for all. */
        get: operations["reports_annual_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept, how long, and what becomes of it then (R76). */
        get: operations["retention_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the server runs with: nothing of it is changed from a browser. */
        get: operations["server_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who is signed in, and as which device this browser is paired. */
        get: operations["session_show"];
        put?: never;
        /** Signs a person in. */
        post: operations["session_create"];
        /** Signs out. */
        delete: operations["session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes the password of whoever is signed in, and signs her out everywhere else. */
        put: operations["session_set_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what a page must know before anybody signs in: whether the first administrator has yet to be made, and whether the browser
         *     is paired.
         */
        get: operations["setup_show"];
        put?: never;
        /** Makes the first administrator, signs them in, and pairs their browser as the first device. */
        post: operations["setup_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subject-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of disclosures: what was answered when and by whom, without saying about whom. */
        get: operations["subject_access_list"];
        put?: never;
        /**
         * Answers somebody who asks what was held about them: on which lists they were, and what alerts were raised (R96). The
         *     journal keeps that it was answered, and by whom, but not about whom.
         */
        post: operations["subject_access_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the accounts. */
        get: operations["users_list"];
        put?: never;
        /** Makes an account. */
        post: operations["users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes an account and signs it out everywhere. */
        delete: operations["users_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives an account other roles, with the dates until which its training holds. */
        put: operations["users_set_roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Somebody's account, without name once it is removed. */
        Account: {
            id: components["schemas"]["UserId"];
            name?: string | null;
        };
        Act: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Account"] | null;
            /** @description As it was given. Null where none was, and once it is deleted. */
            reason?: string | null;
            what: components["schemas"]["ActKind"];
        };
        /** @enum {string} */
        ActKind: "started" | "paused" | "resumed" | "ended";
        Adjudication: {
            /** @description Made by the device; the same one is taken once, and answered alike. */
            delivery: components["schemas"]["DeliveryId"];
            /** @description What the person had regard to. */
            factors?: components["schemas"]["Factors"];
            /** @description The other open alerts that the person saw in conflict with this one. None is decided unseen. */
            seen?: components["schemas"]["AlertId"][];
            /**
             * @description `true` also decides `false` about the other open alerts of the face, and of the entry where it contradicts this one.
             *     `false` and `inconclusive` hold for all open alerts of the face.
             */
            verdict: components["schemas"]["Verdict"];
        };
        AgeCount: {
            /** Format: int32 */
            people?: number | null;
            value: components["schemas"]["ObservedAge"];
        };
        /** @description A device with which something is amiss. */
        Ailing: {
            /** @description The worst of it. */
            alarm: components["schemas"]["Alarm"];
            /** @description Whether it stands as a kiosk. */
            kiosk: boolean;
            /**
             * Format: date-time
             * @description Null of a kiosk that has said nothing yet.
             */
            last_contact?: string | null;
            name: string;
            /** Format: date-time */
            since: string;
        };
        /**
         * @description What somebody should see to.
         * @enum {string}
         */
        Alarm: "silent" | "camera_stalled" | "camera_refused" | "camera_busy" | "camera_missing" | "camera_lost" | "battery_low" | "hot" | "other_model" | "no_engine";
        Alert: {
            band: components["schemas"]["Band"];
            /** @description Alerts about the same entry and other faces that were in view with this one. At most one of them is true. */
            contradicts: components["schemas"]["AlertId"][];
            deployment: components["schemas"]["DeploymentId"];
            /** @description The device that captured the probe. */
            device: components["schemas"]["Named_DeviceId"];
            entry: components["schemas"]["AlertEntry"];
            /**
             * Format: date-time
             * @description When the alert was told of again, because nobody had opened it.
             */
            escalated_at?: string | null;
            /** @description Whether the matched crop of the face has arrived. */
            has_probe: boolean;
            id: components["schemas"]["AlertId"];
            /** @description Each is a step with a lawful basis of its own. */
            identity_checks: components["schemas"]["IdentityCheck"][];
            last_seen: components["schemas"]["LastSeen"];
            /** Format: date-time */
            raised_at: string;
            /** @description Whose screens it has reached; empty once the deployment has ended. */
            receipts: components["schemas"]["Receipt"][];
            /**
             * Format: int32
             * @description How often the same face was seen again on other tracks, which raised no alerts of their own.
             */
            repeats: number;
            state: components["schemas"]["AlertState"];
            subject?: components["schemas"]["Subject"] | null;
            track: components["schemas"]["TrackId"];
            /**
             * Format: int32
             * @description Rises with each change; goes into If-Match.
             */
            version: number;
        };
        /** @description How it came to its end. */
        AlertCourse: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "not_adjudicated";
        } | (components["schemas"]["Withdrawal"] & {
            /** @enum {string} */
            kind: "withdrawn";
        }) | {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            engagement?: components["schemas"]["ReviewedEngagement"] | null;
            factors: components["schemas"]["Factors"];
            /** @enum {string} */
            kind: "adjudicated";
            sight?: components["schemas"]["Sight"] | null;
            verdict: components["schemas"]["Verdict"];
            withdrawn?: components["schemas"]["Withdrawal"] | null;
        };
        AlertEntry: {
            id: components["schemas"]["EntryId"];
            /** @description Null once the entry is deleted. */
            name?: string | null;
            namesake?: components["schemas"]["Namesake"] | null;
        };
        /**
         * Format: uuid
         * @description One possible match put before officers.
         */
        AlertId: string;
        /** @description An alert for whoever may not see names and pictures. */
        AlertRecord: {
            /** @description An officer wrote down that the person complained, and no complaint about it is on record. */
            complaint_unrecorded: boolean;
            device_name: string;
            has_probe: boolean;
            /** @description Whether a hold on it lasts. */
            held: boolean;
            id: components["schemas"]["AlertId"];
            namesake?: components["schemas"]["Namesake"] | null;
            /** Format: date-time */
            raised_at: string;
            verdict?: components["schemas"]["Verdict"] | null;
        };
        AlertReview: {
            band: components["schemas"]["Band"];
            /** @description Why the person was listed. Null in an exercise, and once the person is off the list. */
            category?: string | null;
            course: components["schemas"]["AlertCourse"];
            device: components["schemas"]["Named_DeviceId"];
            /**
             * Format: date-time
             * @description When it was told of again, because nobody had opened it.
             */
            escalated_at?: string | null;
            /** @description Whether its pictures are held as evidence, or for a complaint. */
            held: boolean;
            id: components["schemas"]["AlertId"];
            /**
             * Format: int64
             * @description People whose identity was checked for it, each on a lawful basis of its own.
             */
            identity_checks: number;
            namesake?: components["schemas"]["Namesake"] | null;
            pictures: components["schemas"]["ReviewedPictures"];
            /** Format: date-time */
            raised_at: string;
            /**
             * Format: int32
             * @description How often the same face was seen again.
             */
            repeats: number;
            response?: components["schemas"]["Response"] | null;
            /** @description Alerts of one face, which is one track of one device, are one card and count as one. */
            track: components["schemas"]["TrackId"];
            verdict?: components["schemas"]["Verdict"] | null;
        };
        AlertState: {
            /** @enum {string} */
            kind: "open";
        } | {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "not_adjudicated";
        } | (components["schemas"]["Withdrawal"] & {
            /** @enum {string} */
            kind: "withdrawn";
        }) | {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            engagement?: components["schemas"]["Engagement"] | null;
            factors: components["schemas"]["Factors"];
            /** @enum {string} */
            kind: "adjudicated";
            sight?: components["schemas"]["Sight"] | null;
            verdict: components["schemas"]["Verdict"];
            withdrawn?: components["schemas"]["Withdrawal"] | null;
        };
        AnnualDeployment: components["schemas"]["Figures"] & {
            /** Format: date */
            date: string;
            id: components["schemas"]["DeploymentId"];
            name: string;
            place: string;
            use_case: string;
        };
        AnnualReport: {
            /** @description Operations. */
            deployments: components["schemas"]["AnnualDeployment"][];
            /**
             * Format: int64
             * @description Exercises with volunteers. No figure counts them.
             */
            exercises: number;
            total: components["schemas"]["Figures"];
            /** Format: int32 */
            year: number;
        };
        /** @enum {string} */
        Arrival: "received" | "opened";
        /**
         * @description How far a comparison score lies above the threshold. The score itself is kept nowhere.
         * @enum {string}
         */
        Band: "strong" | "moderate";
        Batch: {
            /** @description At most fifty. */
            entries: components["schemas"]["BatchEntry"][];
        };
        BatchAnswer: {
            entry?: components["schemas"]["Entry"] | null;
            nominal_id?: string | null;
            outcome: components["schemas"]["BatchOutcome"];
            /** @description Why it was refused, and what to do. */
            problem?: string | null;
            /** @description Refused because an image falls short of what a reference needs. */
            quality: boolean;
            /** @description Others whose faces are as alike as a match, best first, at most twelve. */
            resembles: components["schemas"]["Resembled"][];
            /** @description The person's photos look like several people's. */
            unlike_own: boolean;
        };
        BatchEntry: {
            name: string;
            /** @description Why images that fall short are used. */
            override_reason?: string | null;
            particulars?: components["schemas"]["Particulars"] | null;
            /** @description One to five, of one person. */
            portraits: components["schemas"]["NewPortrait"][];
        };
        /** @enum {string} */
        BatchOutcome: "listed" | "already_listed" | "refused";
        BatchReply: {
            /** @description In the order in which they were sent. */
            results: components["schemas"]["BatchAnswer"][];
        };
        Battery: {
            charging: boolean;
            /** Format: int32 */
            percent: number;
        };
        /** @description Tracks that are in view together with another. */
        Beside: components["schemas"]["TrackId"][];
        /**
         * @description What keeps an operation from starting.
         * @enum {string}
         */
        Blocker: "not_authorised" | "no_organisation" | "no_public_notice" | "signs_not_confirmed" | "watchlist_empty" | "watchlist_out_of_date" | "watchlist_grew" | "entries_not_cleared" | "list_unattributed" | "too_early" | "other_deployment_live" | "review_due";
        CalibratedPopulation: {
            name: string;
            /**
             * Format: int64
             * @description Comparisons of two people, on the score of short lists.
             */
            pairs: number;
        };
        /** @description What the thresholds rest on. */
        CalibrationSummary: {
            /** @description The day, as yyyy-mm-dd. */
            measured: string;
            populations: components["schemas"]["CalibratedPopulation"][];
        };
        /** @enum {string} */
        Camera: "running" | "off" | "refused" | "busy" | "missing" | "lost" | "waiting";
        /**
         * @description Whether no face in a minute is a sign of calm.
         * @enum {string}
         */
        Cameras: "looked" | "none_looked" | "not_known";
        /** @description One template offered for matching. It carries no pixel and no place. */
        Candidate: {
            /**
             * Format: int32
             * @description Milliseconds between the capture of the frame and the sending of this request.
             */
            age_ms: number;
            /** @description Other faces in the same frame. Two faces are two people. */
            beside?: components["schemas"]["Beside"];
            id: components["schemas"]["CandidateId"];
            model: components["schemas"]["ModelId"];
            pipeline: components["schemas"]["PipelineVersion"];
            /**
             * Format: float
             * @description The quality gate's score of the newest shot, 0..=1.
             */
            quality: number;
            /** @description How many shots of the track the template was fused from. */
            shots: components["schemas"]["Shots"];
            /** @description Base64 of little-endian half-precision numbers, unit length. */
            template: string;
            track: components["schemas"]["TrackId"];
            transform?: components["schemas"]["TransformId"] | null;
        };
        /**
         * Format: uuid
         * @description One template sent for matching. UUID version 7, made by the device; sending it twice is harmless.
         */
        CandidateId: string;
        /** @description The answer to a candidate: empty below the threshold, without a nearest name or a score. */
        CandidateReply: {
            /** @description Alerts that this track has raised and that still wait for a crop of the face. */
            crops_wanted: components["schemas"]["AlertId"][];
        };
        CategoryCount: {
            category: string;
            /** Format: int64 */
            count: number;
        };
        /** @description The pilot certificate, for the page that explains how to trust it. */
        Certificate: {
            /** Format: date-time */
            expires_at: string;
            /** @description SHA-256 of the certificate, upper-case hexadecimal pairs with colons. */
            fingerprint: string;
            /** @description Host names and addresses that it covers. */
            names: string[];
            pem: string;
        };
        /** @enum {string} */
        CheckKind: "fingerprints" | "document" | "other";
        /**
         * @description Kinds of what is kept.
         * @enum {string}
         */
        Class: "video" | "candidates" | "watchlist" | "signs" | "rejected_crops" | "confirmed_crops" | "engagements" | "holds" | "complaints" | "manifest" | "alerts" | "records" | "journal" | "sessions" | "idle_sessions" | "pairing_codes" | "deliveries" | "minutes" | "unfinished_plans" | "evaluations";
        Clearance: {
            /** Format: date-time */
            decided_at?: string | null;
            decided_by?: components["schemas"]["Account"] | null;
            entry: components["schemas"]["ClearanceEntry"];
            kind: components["schemas"]["ClearanceKind"];
            /** @description Of a possible duplicate: whom on the list it looks like, best first, at most twelve. */
            others: components["schemas"]["ClearanceEntry"][];
            /** @description How many more it looks like. */
            others_left_out: number;
            /** @description Whether whoever looks asked for it, and so can't approve it. */
            own: boolean;
            rationale?: string | null;
            /** Format: date-time */
            requested_at?: string | null;
            requested_by?: components["schemas"]["Account"] | null;
            state: components["schemas"]["ClearanceState"];
        };
        /** @description How many entries of a deployment waited for one reason. Outlives them. */
        ClearanceCount: {
            /** Format: int64 */
            cleared: number;
            kind: components["schemas"]["ClearanceKind"];
            /**
             * Format: int64
             * @description On the list now.
             */
            listed: number;
            /** Format: int64 */
            needed: number;
            /**
             * Format: int64
             * @description Of these, undecided.
             */
            open: number;
            /** Format: int64 */
            refused: number;
        };
        ClearanceEntry: {
            id: components["schemas"]["EntryId"];
            name: string;
            namesake?: components["schemas"]["Namesake"] | null;
            particulars?: components["schemas"]["Particulars"] | null;
            /** @description Best first. */
            photos: components["schemas"]["Photo"][];
        };
        /**
         * @description Why an entry waits.
         * @enum {string}
         */
        ClearanceKind: "minor" | "vulnerability" | "sensitive_source" | "poor_image" | "added_while_live" | "possible_duplicate";
        /** @description A page of what is decided, or must be, about people on a watchlist. */
        ClearancePage: {
            /** @description Oldest entry first. */
            clearances: components["schemas"]["Clearance"][];
            /** @description Of all of them, those of which there are any. */
            kinds: components["schemas"]["ClearanceKind"][];
            /**
             * Format: int64
             * @description Undecided, of the kind that was asked for.
             */
            open: number;
            /**
             * Format: int32
             * @description Counted from 0; the last one where a later was asked for.
             */
            page: number;
            /** Format: int32 */
            page_size: number;
            /**
             * Format: int64
             * @description Decided, of the kind that was asked for.
             */
            settled: number;
        };
        /** @enum {string} */
        ClearanceState: "needed" | "requested" | "cleared";
        Complaint: {
            alert?: components["schemas"]["AlertId"] | null;
            deployment: components["schemas"]["DeploymentId"];
            deployment_name: string;
            hold?: components["schemas"]["HoldId"] | null;
            id: components["schemas"]["ComplaintId"];
            /** @description Whether whoever asks recorded it, or wrote the plan that it is about, and so can't close it. */
            own: boolean;
            /** Format: date-time */
            received_at: string;
            /** @description Null some time after it was closed, like the text. */
            received_by?: string | null;
            recorded_by: components["schemas"]["Named_UserId"];
            state: components["schemas"]["ComplaintState"];
            text?: string | null;
        };
        /**
         * Format: uuid
         * @description Somebody's complaint about a deployment.
         */
        ComplaintId: string;
        /** @enum {string} */
        ComplaintOutcome: "upheld" | "partly_upheld" | "not_upheld" | "withdrawn";
        ComplaintState: {
            /** @enum {string} */
            kind: "open";
        } | {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            /** @enum {string} */
            kind: "closed";
            note?: string | null;
            outcome: components["schemas"]["ComplaintOutcome"];
        };
        Confirmation: {
            /** @description Made by the device; the same one is taken once, and answered alike. */
            delivery: components["schemas"]["DeliveryId"];
            verdict: components["schemas"]["SightVerdict"];
        };
        /** @description How somebody was spoken to. */
        Contact: {
            complaint: boolean;
            disposal: components["schemas"]["Disposal"];
            explanation_given: boolean;
            force_used: boolean;
            leaflet_given: boolean;
            /**
             * Format: int32
             * @description At most a day.
             */
            minutes: number;
            /** Format: date-time */
            started_at: string;
        };
        /** @description Who is responsible, as far as the public is told. */
        Controller: {
            contact: string;
            name: string;
            /** @description In Welsh. */
            name_cy?: string | null;
            privacy_url?: string | null;
        };
        /** @description A place in the picture, whatever its resolution. */
        Corner: {
            /**
             * Format: float
             * @description Share of the width from the left edge, 0..=1.
             */
            x: number;
            /**
             * Format: float
             * @description Share of the height from the top edge, 0..=1.
             */
            y: number;
        };
        Counters: {
            /**
             * Format: int64
             * @description One face is one alert, however many people on the list it resembles.
             */
            alerts: number;
            /**
             * Format: int64
             * @description Templates offered for matching.
             */
            candidates: number;
            /**
             * Format: int64
             * @description Faces that the devices followed.
             */
            faces_seen: number;
            kiosk: components["schemas"]["KioskCounts"];
            /**
             * Format: int64
             * @description Of these, alerts that nobody decided in time.
             */
            lapsed: number;
            /**
             * Format: int64
             * @description Of these, faces of which no shot was good enough to encode.
             */
            not_assessable: number;
            /**
             * Format: int64
             * @description Of these, alerts that were withdrawn before anybody decided, because the person was taken off the watchlist.
             */
            withdrawn: number;
        };
        Credentials: {
            name: string;
            password: components["schemas"]["Secret"];
        };
        /** @description What is seen of a live deployment while it runs. */
        Dashboard: {
            /**
             * Format: int64
             * @description One face is one alert, however many people on the list it resembles.
             */
            alerts: number;
            /** Format: date-time */
            at: string;
            /**
             * Format: int32
             * @description Of the false alert rate: one in so many faces.
             */
            ceiling_one_in: number;
            /**
             * Format: int64
             * @description People who complained on the spot, without a complaint on record about it.
             */
            complaints_unrecorded: number;
            /** @description The last 30 whole minutes and the present one, oldest first. */
            faces_per_minute: components["schemas"]["FacesOfMinute"][];
            /**
             * Format: int64
             * @description Faces that were followed and of which at least one shot was good enough to be compared.
             */
            faces_seen: number;
            false_alerts: components["schemas"]["FalseAlerts"];
            /**
             * Format: int64
             * @description Alerts that nobody decided in time.
             */
            lapsed: number;
            level: components["schemas"]["Level"];
            /** Format: double */
            median_seconds_to_decide?: number | null;
            /**
             * Format: int64
             * @description Faces of which no shot was.
             */
            not_assessable: number;
            /** @description Of all faces that were followed. */
            not_assessable_share: components["schemas"]["Rate"];
            verdicts: components["schemas"]["Verdicts"];
            /**
             * Format: int64
             * @description Alerts that wait for a decision.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Alerts that were withdrawn before anybody decided, because the person was taken off the watchlist.
             */
            withdrawn: number;
        };
        /** @description A deployment's deletion, signed. */
        DeletionCertificate: components["schemas"]["Statement"] & {
            /** @description Ed25519 (RFC 8032) over a line that names the purpose, and the statement as canonical JSON (RFC 8785); hexadecimal. */
            signature: string;
        };
        /** @description Something written down, which is sent again until an answer is heard. */
        Delivery: {
            /**
             * Format: int64
             * @description How long ago it was written down, where there was no server then. At most a day.
             */
            age_ms?: number | null;
            /** @description Made by the device; the same one is taken once, and answered alike. */
            id: components["schemas"]["DeliveryId"];
        };
        /**
         * Format: uuid
         * @description Something that a device tells of afterwards. Made by the device; telling of it twice is harmless.
         */
        DeliveryId: string;
        Deployment: {
            /**
             * Format: int64
             * @description Complaints that were recorded about it.
             */
            complaints: number;
            /**
             * Format: int64
             * @description People who complained on the spot, without a complaint on record about it.
             */
            complaints_unrecorded: number;
            counters: components["schemas"]["Counters"];
            /** @description Who began, paused, resumed and ended it, oldest first; for everybody who has to do with it. Empty in lists. */
            course: components["schemas"]["Act"][];
            /** Format: date-time */
            created_at: string;
            /** @description What whoever asks may do with it. */
            duties: components["schemas"]["Duty"][];
            /**
             * Format: date-time
             * @description When the deployment ends by itself and everything biometric in it is deleted.
             */
            ends_at: string;
            /**
             * Format: int64
             * @description People on the watchlist.
             */
            entries: number;
            /** @description How the false alerts of a live deployment stand to the ceiling, for everybody who works it. */
            false_alert_level: components["schemas"]["Level"];
            /** @description Once it was live; for those who may have its certificate. */
            false_alerts?: components["schemas"]["FalseAlerts"];
            id: components["schemas"]["DeploymentId"];
            model: components["schemas"]["ModelId"];
            name: string;
            /** @description What the target comes to at the watchlist's present length. Not for those who capture. */
            operating_point?: components["schemas"]["OperatingPoint"];
            /** @description Plan, signatures and review of an operation. An exercise with volunteers has none. */
            operation?: components["schemas"]["Operation"];
            /** @description When it stood still before, oldest first. */
            pauses: components["schemas"]["PastPause"][];
            /**
             * Format: int64
             * @description Photos of all of them. Each is a reference, so their number is the N of the target.
             */
            photos: number;
            pipeline: components["schemas"]["PipelineVersion"];
            place: string;
            /**
             * Format: int64
             * @description Of these, people who are matched: nothing about them is undecided. Of none, nobody can be found.
             */
            sought: number;
            state: components["schemas"]["DeploymentState"];
            /**
             * Format: int32
             * @description The target for false alerts: at most one in so many faces of people who are not on the watchlist.
             */
            target_fpir_one_in: number;
            /** @description Whether a second person must confirm an alert on sight before anybody is engaged. */
            two_people: boolean;
            /** @description What waits for somebody while it is live or paused, for everybody who works it. */
            waiting: components["schemas"]["Waiting"];
        };
        /**
         * Format: uuid
         * @description One authorised use of the system, bounded in place and time.
         */
        DeploymentId: string;
        DeploymentState: {
            /** @enum {string} */
            kind: "draft";
        } | {
            /** @enum {string} */
            kind: "live";
            /** Format: date-time */
            started_at: string;
        } | {
            /** @enum {string} */
            kind: "paused";
            pause: components["schemas"]["Pause"];
            /** Format: date-time */
            started_at: string;
        } | {
            /** Format: date-time */
            ended_at: string;
            /** @enum {string} */
            kind: "ended";
            reason: components["schemas"]["EndReason"];
        };
        Device: {
            id: components["schemas"]["DeviceId"];
            name: string;
            /** Format: date-time */
            paired_at: string;
            /** Format: date-time */
            revoked_at?: string | null;
        };
        /** @description How a device that watches is doing. */
        DeviceFitness: {
            /** @description What somebody should see to, the worst first. */
            alarms: components["schemas"]["Alarm"][];
            battery?: components["schemas"]["Battery"] | null;
            camera?: components["schemas"]["Camera"] | null;
            device: components["schemas"]["DeviceId"];
            /**
             * Format: int64
             * @description Followed in the last minute, as it counted them.
             */
            faces: number;
            /** Format: float */
            frames_per_second: number;
            heat?: components["schemas"]["Heat"] | null;
            /** @description Whether it stands as a kiosk. */
            kiosk: boolean;
            /**
             * Format: date-time
             * @description Null of a kiosk that has said nothing yet.
             */
            last_contact?: string | null;
            model?: components["schemas"]["ModelId"] | null;
            name: string;
            /**
             * Format: int64
             * @description Of these, faces of which no shot could be assessed.
             */
            not_assessable: number;
            pipeline?: components["schemas"]["PipelineVersion"] | null;
            shut?: components["schemas"]["LaneShut"] | null;
            /** @description Nothing is heard of it: what it said of itself was so then, and need not be now. */
            silent: boolean;
        };
        /**
         * Format: uuid
         * @description A paired tablet, kiosk or laptop.
         */
        DeviceId: string;
        /** @description An answer that was given, without saying about whom. */
        Disclosure: {
            /** @description SHA-256 over the answer as canonical JSON (RFC 8785) without its table of retention, in hexadecimal. */
            answer_digest: string;
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Named_UserId"] | null;
            id: string;
            /** @description Whether the person had been on a list. */
            listed: boolean;
            /** @description SHA-256 over the answer's salt and the request's reference, in hexadecimal. */
            request_digest: string;
        };
        /** @enum {string} */
        Disposal: "arrest" | "other_action" | "no_further_action";
        Document: {
            kind: components["schemas"]["DocumentKind"];
            /** @description Where it is found. */
            reference: string;
            /**
             * Format: date
             * @description The last day on which it holds.
             */
            review_by: string;
            version: string;
        };
        /** @enum {string} */
        DocumentKind: "data_protection_impact_assessment" | "equality_impact_assessment" | "appropriate_policy_document" | "legal_mandate" | "operating_procedure";
        /**
         * @description What can be done with the server.
         * @enum {string}
         */
        Duty: "keep_accounts" | "keep_devices" | "rehearse" | "plan" | "authorise" | "keep_watchlist" | "confirm_signs" | "start" | "end" | "capture" | "decide" | "see_operating_point" | "certify" | "oversee" | "read_journal" | "set_policy" | "see_clearances" | "pause" | "resume" | "hold" | "record_complaints" | "settle_complaints" | "report" | "answer_rights" | "keep_organisation" | "read_alerts";
        /** @enum {string} */
        EndReason: "by_person" | "time";
        /** @description What was done about the person. */
        Engagement: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            /** @description Null once the deployment has ended. */
            note?: string | null;
            /** @description Whether what was observed of somebody who was engaged by mistake was counted. */
            observed: boolean;
            /** @description Who else took part; empty once the deployment has ended. */
            officers: string[];
            outcome: components["schemas"]["Outcome"];
        };
        Enrolled: components["schemas"]["Entry"] & {
            /** @description Other entries whose faces are as alike as a match, best first: the same person twice, or a relative. */
            resembles: components["schemas"]["Entry"][];
            /** @description True for a further photo that looks like none of the person's others. */
            unlike_own: boolean;
        };
        Entry: {
            /** @description What was decided about it, or must be. */
            clearances: components["schemas"]["EntryClearance"][];
            /** Format: date-time */
            created_at: string;
            id: components["schemas"]["EntryId"];
            name: string;
            namesake?: components["schemas"]["Namesake"] | null;
            particulars?: components["schemas"]["Particulars"] | null;
            /** @description Best first; never none. */
            photos: components["schemas"]["Photo"][];
            /** @description What officers decided about alerts of this entry. */
            verdicts: components["schemas"]["Verdicts"];
            /** @description Something about it is undecided, so it isn't matched. */
            waits: boolean;
            /** @description What to look at again. */
            warnings: components["schemas"]["RosterWarning"][];
        };
        /** @description Something about an entry that is decided, or must be. */
        EntryClearance: {
            kind: components["schemas"]["ClearanceKind"];
            state: components["schemas"]["ClearanceState"];
        };
        /**
         * Format: uuid
         * @description A person on a deployment's watchlist.
         */
        EntryId: string;
        /** @enum {string} */
        EnvironmentFactor: "light" | "crowd" | "distance" | "weather" | "movement";
        EthnicityCount: {
            /** Format: int32 */
            people?: number | null;
            value: components["schemas"]["ObservedEthnicity"];
        };
        Evaluation: components["schemas"]["Measured"] & {
            /** Format: date-time */
            added_at: string;
            id: components["schemas"]["EvaluationId"];
        };
        /**
         * Format: uuid
         * @description A report of how a model was measured.
         */
        EvaluationId: string;
        FacesOfMinute: {
            /** @description Unless a camera looked, no face means nothing. */
            cameras: components["schemas"]["Cameras"];
            /**
             * Format: int64
             * @description Followed.
             */
            faces: number;
            /**
             * Format: date-time
             * @description When it begins.
             */
            minute: string;
            /** Format: int64 */
            not_assessable: number;
        };
        /** @description What whoever compared the two pictures had regard to. */
        Factors: {
            /** @default [] */
            environment: components["schemas"]["EnvironmentFactor"][];
            /** @default [] */
            subject: components["schemas"]["SubjectFactor"][];
            /** @default [] */
            system: components["schemas"]["SystemFactor"][];
        };
        /**
         * @description How often somebody who isn't on the watchlist was taken for somebody who is, as officers decided. An alert is a card: one
         *     face, however many people on the list it resembles. So a false one is a face that was taken for somebody by mistake, and
         *     nobody else's on the list.
         */
        FalseAlerts: {
            /** Format: int64 */
            alerts: number;
            /**
             * Format: int64
             * @description Alerts that officers decided to be false.
             */
            count: number;
            /**
             * Format: int64
             * @description Alerts that officers decided, also that nobody can tell: not those that wait, lapsed or were withdrawn.
             */
            decided: number;
            /**
             * Format: int64
             * @description Faces that were followed and of which at least one shot was good enough to be compared (R84).
             */
            faces_seen: number;
            /** @description False alerts among those decided. */
            per_alert: components["schemas"]["Rate"];
            /** @description False alerts among faces seen. */
            per_face: components["schemas"]["Rate"];
        };
        /** @description One rate for one population. */
        Figure: components["schemas"]["FigureEstimate"] & {
            condition: string;
            /** Format: int64 */
            events: number;
            /**
             * Format: int64
             * @description Entries on the watchlist.
             */
            list?: number | null;
            /** @description As ISO/IEC 19795-1 calls it. */
            measure: string;
            /** Format: int64 */
            people: number;
            population: string;
            probe: string;
            scale?: string | null;
            /** Format: int64 */
            trials: number;
        };
        FigureEstimate: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** @enum {string} */
            said: "known";
            /** Format: double */
            value: number;
        } | {
            /** @enum {string} */
            said: "insufficient";
            why: string;
        };
        Figures: {
            /**
             * Format: int64
             * @description One face is one alert, however many people on the list it resembles.
             */
            alerts: number;
            /** @description Null where it isn't recorded. */
            arrests?: components["schemas"]["CategoryCount"][] | null;
            /** Format: int64 */
            complaints: number;
            /**
             * Format: int64
             * @description At least in part.
             */
            complaints_upheld: number;
            /** Format: int64 */
            faces_seen: number;
            /** Format: int64 */
            minutes_live: number;
            /** Format: int64 */
            not_assessable: number;
            /** Format: int64 */
            outage_minutes: number;
            /**
             * Format: int64
             * @description Times in which a live deployment, or one of its devices, compared nobody: paused, no server ran, or a device had none.
             */
            outages: number;
            /** @description False alerts among those that officers decided. */
            per_alert: components["schemas"]["Rate"];
            /** @description False alerts among faces seen. */
            per_face: components["schemas"]["Rate"];
            /**
             * Format: int64
             * @description People under 18 on watchlists. Null where it isn't recorded.
             */
            under_18_entries?: number | null;
            verdicts: components["schemas"]["Verdicts"];
        };
        Health: {
            status: components["schemas"]["HealthStatus"];
            /** @example 0.1.0 */
            version: string;
        };
        /** @enum {string} */
        HealthStatus: "ok";
        /** @description What a device says of itself. No face, and nothing made from one. */
        Heartbeat: {
            battery?: components["schemas"]["Battery"] | null;
            camera: components["schemas"]["Camera"];
            /**
             * Format: float
             * @description Looked at, over the last seconds.
             */
            frames_per_second: number;
            heat?: components["schemas"]["Heat"] | null;
            /**
             * Format: int32
             * @description Since it looked at a frame.
             */
            milliseconds_since_frame?: number | null;
            model?: components["schemas"]["ModelId"] | null;
            pipeline?: components["schemas"]["PipelineVersion"] | null;
        };
        /**
         * @description As far as the browser tells how hard the device has to work to stay cool.
         * @enum {string}
         */
        Heat: "nominal" | "fair" | "serious" | "critical";
        Hold: {
            alert: components["schemas"]["AlertId"];
            /** @description Who answers for it: who placed it, or renewed it last. */
            by: components["schemas"]["Named_UserId"];
            /** @description Null once it is over, and for one that a complaint placed, until it is renewed. */
            case_reference?: string | null;
            complaint?: components["schemas"]["ComplaintId"] | null;
            deployment: components["schemas"]["DeploymentId"];
            deployment_name: string;
            has_probe: boolean;
            has_reference: boolean;
            id: components["schemas"]["HoldId"];
            /** Format: date-time */
            placed_at: string;
            reason?: string | null;
            state: components["schemas"]["HoldState"];
        };
        /**
         * Format: uuid
         * @description Evidence of one alert that is kept beyond its deployment's end.
         */
        HoldId: string;
        HoldState: {
            /** Format: date-time */
            expires_at: string;
            /** @enum {string} */
            kind: "held";
        } | {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            /** @enum {string} */
            kind: "released";
        } | {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "expired";
        };
        IdentityCheck: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            kind: components["schemas"]["CheckKind"];
            lawful_basis: components["schemas"]["LawfulBasis"];
        };
        /** @description An entry of the journal. Its hash and what it is made of come with the export. */
        JournalEntry: {
            /** @example deployment_started */
            action: string;
            /** Format: date-time */
            at: string;
            /** @description Further counts and ids. */
            detail: Record<string, never>;
            device_name?: string | null;
            /** Format: int64 */
            seq: number;
            /** @description Id of what it was done to. */
            subject: string;
            /** @description The deployment's name, where it was done to one. */
            subject_name?: string | null;
            user?: components["schemas"]["UserId"] | null;
            user_name?: string | null;
        };
        Kiosk: {
            device: components["schemas"]["Named_DeviceId"];
            lane: components["schemas"]["Lane"];
        };
        /** @description Visits to a deployment's kiosks, and how they ended. */
        KioskCounts: {
            /**
             * Format: int64
             * @description After so many visits that came to nothing, the person was sent to the staffed lane.
             */
            staffed: number;
            /**
             * Format: int64
             * @description No picture was good enough.
             */
            unclear: number;
            /**
             * Format: int64
             * @description The face was not taken for a head: it did not turn as it was asked to, or not as a head does.
             */
            unproven: number;
            /**
             * Format: int64
             * @description Begun by somebody who pressed the button.
             */
            visits: number;
        };
        Lane: {
            /** @enum {string} */
            kind: "closed";
            /** @description For staff. */
            why: components["schemas"]["LaneShut"];
        } | {
            controller: components["schemas"]["Controller"];
            deployment: components["schemas"]["DeploymentId"];
            /** Format: date-time */
            ends_at: string;
            /** @enum {string} */
            kind: "open";
            name: string;
            place: string;
            /** @description An operation's. An exercise with volunteers has none. */
            purpose?: string | null;
            zone: components["schemas"]["ZoneParts"];
        };
        /**
         * @description Why a kiosk's lane is shut though nothing is amiss with the kiosk. It stands on a screen that the public sees: nobody's words.
         * @enum {string}
         */
        LaneShut: "not_started" | "paused" | "false_alerts" | "ended" | "nobody_responsible";
        LastSeen: {
            /** Format: date-time */
            at: string;
            /** @description Whether that device stands as a kiosk. */
            at_kiosk: boolean;
            device: components["schemas"]["Named_DeviceId"];
        };
        /** @enum {string} */
        LawfulBasis: "consent" | "criminal_evidence" | "immigration" | "terrorism" | "other_power";
        /**
         * @description How a deployment stands to the ceiling.
         * @enum {string}
         */
        Level: "within" | "warning" | "paused";
        /** @description Who, and when. */
        Mark: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["UserId"];
        };
        /** @enum {string} */
        MarkKind: "camera" | "sign" | "exit";
        /** @description One model on one set. */
        Measured: {
            figures: components["schemas"]["Figure"][];
            /** Format: int64 */
            images: number;
            /** Format: date-time */
            made_at: string;
            /** Format: int64 */
            people: number;
            /** Format: int32 */
            pipeline: number;
            /** @description What the set is called. */
            set: string;
            /** @description Of the embedder's file, in hexadecimal. */
            sha256: string;
            /** @description Of the program that measured. */
            version: string;
        };
        /**
         * @description What is known of somebody who may be below full age.
         * @enum {string}
         */
        Minor: "under_18" | "may_be_under_18";
        /** @description What a plan lacks before it can be signed. */
        Missing: {
            /** @enum {string} */
            kind: "organisation";
        } | {
            document: components["schemas"]["DocumentKind"];
            /** @enum {string} */
            kind: "document";
        } | {
            /** @description Its review date lies before the operation's end. */
            document: components["schemas"]["DocumentKind"];
            /** @enum {string} */
            kind: "document_out_of_date";
        };
        MissingEntry: {
            id: components["schemas"]["EntryId"];
            name: string;
            namesake?: components["schemas"]["Namesake"] | null;
            nominal_id: string;
        };
        /** @description A model as it is shown beside what was measured of it. */
        Model: {
            /** @description The model card, in Markdown; nothing where the models folder has none. */
            card?: string | null;
            file: string;
            licence: string;
            name: string;
            part: components["schemas"]["ModelPart"];
            /** @description Of the file, in hexadecimal. */
            sha256: string;
            training_data: string;
        };
        /** @description Names the embedder's weights: the first 16 lower-case hexadecimal digits of the file's SHA-256. */
        ModelId: string;
        /** @enum {string} */
        ModelPart: "detector" | "embedder";
        Models: {
            calibration: components["schemas"]["CalibrationSummary"];
            models: components["schemas"]["Model"][];
            pipeline: components["schemas"]["PipelineVersion"];
        };
        Named_DeviceId: {
            /**
             * Format: uuid
             * @description A paired tablet, kiosk or laptop.
             */
            id: string;
            name: string;
        };
        Named_UserId: {
            /**
             * Format: uuid
             * @description A person who signs in.
             */
            id: string;
            name: string;
        };
        /** @description By which somebody is told apart, wherever the name stands: as long as the deployment lives it is theirs alone. */
        Namesake: {
            /**
             * Format: int32
             * @description In the order in which they were put onto the list, from 1.
             */
            number: number;
            /**
             * Format: int32
             * @description How many of that name were ever put onto it, at least 2.
             */
            of: number;
        };
        NewComplaint: {
            alert?: components["schemas"]["AlertId"] | null;
            /** Format: date-time */
            received_at: string;
            received_by: string;
            text: string;
        };
        NewComplaintOutcome: {
            note: string;
            outcome: components["schemas"]["ComplaintOutcome"];
        };
        NewDeployment: {
            /**
             * Format: date-time
             * @description In the future, at most 24 hours ahead.
             */
            ends_at: string;
            name: string;
            place: string;
            /**
             * Format: int32
             * @description The target for false alerts: at most one in so many faces of people who are not on the watchlist. At least 1,000;
             *     6,000 where none is given.
             */
            target_fpir_one_in?: number;
        };
        NewDocument: {
            kind: components["schemas"]["DocumentKind"];
            /** @description Where it is found. */
            reference: string;
            /**
             * Format: date
             * @description The last day on which it holds.
             */
            review_by: string;
            version: string;
        };
        NewEngagement: {
            delivery: components["schemas"]["Delivery"];
            note?: string | null;
            /** @description Who took part besides whoever sends this; at most four. */
            officers?: string[];
            outcome: components["schemas"]["Outcome"];
        };
        NewEntry: {
            name: string;
            /** @description Why an image that falls short is used. */
            override_reason?: string | null;
            particulars?: components["schemas"]["Particulars"] | null;
            portrait: components["schemas"]["NewPortrait"];
            /** @description Why somebody is added while the operation is live. */
            reason?: string | null;
        };
        NewHold: {
            case_reference: string;
            /**
             * Format: int32
             * @description After the deployment's end, or for a renewal from now. As many as there may be where none is given.
             */
            days?: number | null;
            reason: string;
        };
        NewIdentityCheck: {
            /** Format: date-time */
            at: string;
            delivery: components["schemas"]["Delivery"];
            kind: components["schemas"]["CheckKind"];
            lawful_basis: components["schemas"]["LawfulBasis"];
        };
        NewInterruption: {
            /**
             * Format: int64
             * @description At most a day.
             */
            began_ms_ago: number;
            /** Format: int64 */
            ended_ms_ago: number;
            /** @description Made by the device; the same one is written down once. */
            id: components["schemas"]["DeliveryId"];
        };
        NewNotice: {
            /** Format: date */
            published_on: string;
            text: string;
        };
        /** @description An operation as it is proposed. */
        NewOperation: {
            /**
             * Format: date-time
             * @description At most 24 hours after the start.
             */
            ends_at: string;
            name: string;
            place: string;
            plan: components["schemas"]["NewPlan"];
            /**
             * Format: int32
             * @description As of an exercise.
             */
            target_fpir_one_in?: number;
            unfinished?: components["schemas"]["PlanId"] | null;
        };
        NewOrganisation: {
            complaints: string;
            contact: string;
            /**
             * Format: int32
             * @description One to 31; 31 where none is given.
             */
            hold_days?: number | null;
            name: string;
            name_cy?: string | null;
            /**
             * @description Of a page that is encrypted on its way.
             * @example https://harbour.example/privacy
             */
            privacy_url?: string | null;
        };
        NewPairingCode: {
            device_name: string;
        };
        NewPassword: {
            new: string;
            old: components["schemas"]["Secret"];
        };
        /** @description One more photograph of somebody on a watchlist. */
        NewPhoto: components["schemas"]["NewPortrait"] & {
            /** @description Why an image that falls short is used. */
            override_reason?: string | null;
        };
        NewPlan: {
            /** @description Why nothing less intrusive would do. */
            alternatives: string;
            /** @description Where each camera stands and what it looks at; one to twenty. */
            cameras: string[];
            /** @description Categories of people who may be on the watchlist; one to twenty. */
            categories: string[];
            /** @description At most twenty. */
            documents: components["schemas"]["NewDocument"][];
            /**
             * Format: int32
             * @description Faces expected to pass.
             */
            footfall: number;
            legal_basis: string;
            necessity: string;
            notice?: components["schemas"]["NewNotice"] | null;
            proportionality: string;
            purpose: string;
            /** @description Why one person's judgement is enough before somebody is engaged. Without it, it takes two people's. */
            single_person?: string | null;
            sketch?: components["schemas"]["Sketch"] | null;
            /**
             * Format: date-time
             * @description At most 90 days ahead.
             */
            starts_at: string;
            use_case: string;
        };
        /** @description A photograph and its template. */
        NewPortrait: {
            /**
             * Format: int32
             * @description How strongly the photograph's file was compressed, where it was a JPEG: the IJG quality factor that its quantisation
             *     answers to.
             */
            jpeg_quality?: number | null;
            model: components["schemas"]["ModelId"];
            /** @description Base64 of the face's crop as JPEG, at most 512 KiB. */
            photo: string;
            pipeline: components["schemas"]["PipelineVersion"];
            /**
             * Format: float
             * @description The quality gate's score, 0..=1.
             */
            quality: number;
            /** @description Base64 of little-endian half-precision numbers, unit length; made in the browser. */
            template: string;
            transform?: components["schemas"]["TransformId"] | null;
        };
        NewRationale: {
            rationale: string;
        };
        NewReason: {
            reason: string;
        };
        NewReceipt: {
            kind: components["schemas"]["Arrival"];
        };
        NewResolution: {
            how: components["schemas"]["Resolution"];
        };
        NewReview: {
            /** Format: int32 */
            complaints: number;
            lessons: string;
            /** @description What came of it, and of its false alerts. */
            outcomes: string;
        };
        NewRoles: {
            roles: components["schemas"]["Roles"];
        };
        NewRoster: {
            /** @description With a heading, in UTF-8. */
            csv: string;
            /** @description Names of the photographs that came with it. */
            photos: string[];
        };
        NewSetup: {
            /**
             * @description The set-up code that the server printed at its start.
             * @example ABCD-EFGH
             */
            code: string;
            /** @description What to call this browser's device. */
            device_name: string;
            name: string;
            password: string;
        };
        NewSignature: {
            /** @description `content_sha256` of the plan as it was read. */
            content_sha256: string;
            /** @description Rank or grade. */
            rank: string;
        };
        NewSignOff: {
            /** @description Rank or grade. */
            rank: string;
            /**
             * Format: date-time
             * @description The `at` of the review that was read: one that was written anew since isn't signed. Pages of the version before don't say.
             */
            written_at?: string;
        };
        NewStatus: {
            /** @description With the column nominal_id, and legal_status where it may have changed. */
            csv: string;
            /** @description Entries that aren't on that list, to be removed. */
            remove?: components["schemas"]["EntryId"][];
        };
        NewUser: {
            name: string;
            password: string;
            roles: components["schemas"]["Roles"];
        };
        /** @enum {string} */
        NotEngaged: "no_officer_free" | "not_safe" | "not_proportionate" | "no_longer_wanted" | "other";
        /** @description What the public was told before the start. */
        Notice: {
            /** Format: date */
            published_on: string;
            text: string;
        };
        /** @description What an officer saw of somebody who was engaged by mistake. It is counted, and kept nowhere else. */
        Observation: {
            age_band: components["schemas"]["ObservedAge"];
            ethnicity: components["schemas"]["ObservedEthnicity"];
            sex: components["schemas"]["ObservedSex"];
        };
        /** @description What officers saw of people who were engaged by mistake. Null: fewer than five, or what would tell a count of fewer. */
        Observations: {
            age_band: components["schemas"]["AgeCount"][];
            ethnicity: components["schemas"]["EthnicityCount"][];
            sex: components["schemas"]["SexCount"][];
            /** Format: int32 */
            total?: number | null;
        };
        /** @enum {string} */
        ObservedAge: "under_18" | "from_18_to_24" | "from_25_to_44" | "from_45_to_64" | "from_65" | "not_known";
        /**
         * @description The five groups that officers record, and not known.
         * @enum {string}
         */
        ObservedEthnicity: "white" | "mixed" | "asian" | "black" | "other" | "not_known";
        /** @enum {string} */
        ObservedSex: "female" | "male" | "not_known";
        /** @description Why only this machine finds the server where devices are told to look for it. */
        OnlyHere: {
            /** @enum {string} */
            kind: "not_encrypted";
        } | {
            /** @description Where other machines would then find it. */
            found_at: string[];
            /** @enum {string} */
            kind: "listens_here";
            /**
             * @description What `--https` would have to be.
             * @example 0.0.0.0:8443
             */
            listen_to: string;
        } | {
            /** @enum {string} */
            kind: "no_network";
        } | {
            /** @description Where they would find it. */
            found_at: string[];
            /** @enum {string} */
            kind: "told_wrong";
        };
        /** @description The lowest score that counts as a match for one number of references, and where it comes from. */
        OperatingPoint: {
            /**
             * Format: float
             * @description What a score must gain to be ten times as rare among strangers.
             */
            decade: number;
            /**
             * Format: float
             * @description How many powers of ten rarer the target's false match rate is than what the population's data shows ten times;
             *     below zero where the data reaches further than the target.
             */
            decades_beyond_data: number;
            /** @description The population that needs it. */
            population: string;
            scale: components["schemas"]["Scale"];
            /** Format: float */
            threshold: number;
        };
        /** @description An operation's record, and what follows from it. */
        Operation: components["schemas"]["Record"] & {
            /** @description What keeps it from starting; empty once it has started. */
            blockers: components["schemas"]["Blocker"][];
            /** @description Whether whoever asks put people onto the watchlist, and so can't sign for it either. */
            built_list: boolean;
            /** @description Documents that are other versions than in the last operation, or are new; nothing where there was none before. */
            changed_documents: components["schemas"]["DocumentKind"][];
            /** @description How much there was to decide about people on the watchlist, and what came of it. */
            clearances: components["schemas"]["ClearanceCount"][];
            /** @description SHA-256 of all that a signature is for, in hexadecimal. */
            content_sha256: string;
            /** @description What the plan lacks before it can be submitted and signed. */
            missing: components["schemas"]["Missing"][];
            /**
             * Format: int64
             * @description Undecided about people on the watchlist.
             */
            open_clearances: number;
            /** @description Whether whoever asks wrote on the plan, and so can't sign it. */
            own: boolean;
            /**
             * Format: int64
             * @description People on the watchlist who are below 18 or may be; after the end, those who were cleared.
             */
            under_18s: number;
            /**
             * Format: date-time
             * @description Since when a plan that isn't submitted stands as it does: when it was last written on, or sent back. Null once it is.
             */
            unsubmitted_since?: string | null;
        };
        /** @description Who is responsible, as public papers name it. */
        Organisation: {
            /** @description Where they complain. */
            complaints: string;
            /** @description Where people ask about their data. */
            contact: string;
            /**
             * Format: int32
             * @description Days after a deployment's end for which a hold lasts at most.
             */
            hold_days: number;
            name: string;
            /** @description In Welsh. */
            name_cy?: string | null;
            privacy_url?: string | null;
        };
        Outcome: {
            /** @enum {string} */
            kind: "not_engaged";
            reason: components["schemas"]["NotEngaged"];
        } | {
            /** @enum {string} */
            kind: "lost";
        } | {
            contact: components["schemas"]["Contact"];
            /** @enum {string} */
            kind: "engaged_true";
        } | {
            contact: components["schemas"]["Contact"];
            /** @enum {string} */
            kind: "engaged_false";
        };
        PairingCode: {
            /** @example ABCD-EFGH */
            code: string;
            /** Format: date-time */
            expires_at: string;
            /** @description `url` as a QR code, an SVG document. */
            qr_svg: string;
            /** @description Opens the pairing page with the code filled in. */
            url: string;
        };
        /** @description What an operation's entry must say. Its Debug shows nothing. */
        Particulars: {
            /** Format: date */
            born_on?: string | null;
            /** @description One of the plan's. */
            category: string;
            image_source: string;
            /**
             * Format: date
             * @description Of the oldest of the person's images.
             */
            image_taken_on: string;
            lawful_basis: string;
            /** @description Such as an extant order with its reference. */
            legal_status: string;
            /** @description The person's number in the system that the entry comes from. */
            nominal_id: string;
            /** @description The age isn't known, and may be below 18. */
            possible_minor?: boolean;
            /** @description Why the person is on the list. */
            reason: string;
            response: components["schemas"]["Response"];
            /** @description Who looked at the entry and found it right. */
            reviewer: string;
            /** @description An image comes from a sensitive source or from somebody who is no public body. */
            sensitive_source?: boolean;
            source_system: string;
            /** @description A disability or vulnerability that is on record. */
            vulnerability?: string | null;
        };
        /** @description A pause that is over. */
        PastPause: components["schemas"]["Pause"] & {
            over: components["schemas"]["PauseOver"];
        };
        Pause: {
            cause: components["schemas"]["PauseCause"];
            /** Format: date-time */
            paused_at: string;
        };
        PauseCause: {
            by: components["schemas"]["UserId"];
            /** @enum {string} */
            kind: "person";
            /** @description Sealed; gone with the deployment's end. */
            reason?: string | null;
        } | {
            /** Format: int64 */
            faces_seen: number;
            /**
             * Format: int64
             * @description Faces that they fell on: one, however many people it was taken for.
             */
            false_alerts: number;
            /** @enum {string} */
            kind: "false_alerts";
        };
        PauseOver: (components["schemas"]["Mark"] & {
            /**
             * Format: int64
             * @description Faces that had false alerts by then, and so were known to whoever resumed.
             */
            false_alerts: number;
            /** @description Sealed; gone with the deployment's end. */
            reason?: string | null;
        } & {
            /** @enum {string} */
            kind: "resumed";
        }) | {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "stopped";
        };
        Photo: {
            /** Format: date-time */
            created_at: string;
            id: components["schemas"]["PhotoId"];
            /**
             * Format: float
             * @description The quality gate's score, 0..=1.
             */
            quality: number;
        };
        /**
         * Format: uuid
         * @description One of an entry's photographs, with its reference.
         */
        PhotoId: string;
        /**
         * Format: binary
         * @description A JPEG, in the document only.
         */
        Picture: string;
        /** @enum {string} */
        PicturesGone: "decided_against" | "not_confirmed" | "not_decided" | "unlisted" | "deployment_ended";
        /**
         * Format: int32
         * @description Counts the changes in how pixels become a template (detection, alignment, preprocessing).
         */
        PipelineVersion: number;
        Plan: {
            /** @description Why nothing less intrusive would do. */
            alternatives: string;
            /** @description Where each camera stands, and what it looks at. */
            cameras: string[];
            /** @description Who may be on the watchlist: its entries' categories. */
            categories: string[];
            documents: components["schemas"]["Document"][];
            /**
             * Format: int32
             * @description Faces expected to pass.
             */
            footfall: number;
            legal_basis: string;
            necessity: string;
            notice?: components["schemas"]["Notice"] | null;
            proportionality: string;
            purpose: string;
            /** @description Why one person's judgement is enough before somebody is engaged. Without it, it takes two people's. */
            single_person?: string;
            /** @description Where cameras, zone, signs and exits are. */
            sketch?: components["schemas"]["Sketch"];
            /** Format: date-time */
            starts_at: string;
            use_case: string;
        };
        /**
         * Format: uuid
         * @description A plan that is still being written. UUID version 7, made by the page; saving it twice is harmless.
         */
        PlanId: string;
        Policy: {
            /** @description The closed list: a plan's categories come from it. */
            categories: components["schemas"]["PolicyCategory"][];
            /**
             * Format: int32
             * @description An older image is warned about.
             */
            image_age_warning_years: number;
            /**
             * Format: float
             * @description The least quality of an image that needs no reason, 0..=1.
             */
            quality_floor: number;
        };
        PolicyCategory: {
            name: string;
            /** @description Where a row of a list says nothing else. */
            response: components["schemas"]["Response"];
        };
        /** @description A problem as RFC 9457 has it. `detail` is plain language and says what to do next. */
        Problem: {
            detail: string;
            /** Format: int32 */
            status: number;
            title: string;
            type: components["schemas"]["ProblemType"];
        };
        /**
         * @description What went wrong.
         * @enum {string}
         */
        ProblemType: "/problems/malformed" | "/problems/sign-in-failed" | "/problems/signed-out" | "/problems/not-allowed" | "/problems/not-paired" | "/problems/device-revoked" | "/problems/password-wrong" | "/problems/other-origin" | "/problems/setup-code-wrong" | "/problems/pairing-code-wrong" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/too-slow" | "/problems/already-set-up" | "/problems/name-taken" | "/problems/last-administrator" | "/problems/deployment-not-draft" | "/problems/deployment-not-live" | "/problems/deployment-ended" | "/problems/operation-live" | "/problems/watchlist-closed" | "/problems/already-listed" | "/problems/reason-needed" | "/problems/watchlist-changed" | "/problems/category-unknown" | "/problems/category-in-use" | "/problems/clearance-not-needed" | "/problems/clearance-decided" | "/problems/clearance-not-requested" | "/problems/clearance-undecided" | "/problems/clearance-lost" | "/problems/own-request" | "/problems/not-an-operation" | "/problems/wrong-stage" | "/problems/match-unwritten" | "/problems/plan-incomplete" | "/problems/plan-changed" | "/problems/review-changed" | "/problems/own-plan" | "/problems/own-list" | "/problems/list-unattributed" | "/problems/start-blocked" | "/problems/own-roles" | "/problems/plans-full" | "/problems/evaluations-full" | "/problems/not-deleted-yet" | "/problems/deployment-not-paused" | "/problems/hold-over" | "/problems/complaint-open" | "/problems/nothing-to-hold" | "/problems/complaint-closed" | "/problems/own-complaint" | "/problems/organisation-missing" | "/problems/watchlist-empty" | "/problems/nobody-sought" | "/problems/watchlist-full" | "/problems/photos-full" | "/problems/last-photo" | "/problems/model-mismatch" | "/problems/crop-not-wanted" | "/problems/already-adjudicated" | "/problems/too-soon" | "/problems/not-listed" | "/problems/not-in-time" | "/problems/own-decision" | "/problems/not-decided-true" | "/problems/already-confirmed" | "/problems/not-confirmed" | "/problems/already-engaged" | "/problems/not-wanted" | "/problems/delivery-reused" | "/problems/version-changed" | "/problems/too-large" | "/problems/wrong-content-type" | "/problems/invalid" | "/problems/roster-unreadable" | "/problems/below-quality-floor" | "/problems/photo-invalid" | "/problems/candidate-too-old" | "/problems/version-required" | "/problems/too-many-attempts" | "/problems/too-many-candidates" | "/problems/internal" | "/problems/busy" | "/problems/storage-unavailable";
        /** @description With the ends of its 95 % interval (Clopper and Pearson 1934); no value without a trial. */
        Rate: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            value?: number | null;
        };
        Reasoned: components["schemas"]["Mark"] & {
            reason: string;
        };
        /** @description The alert reached somebody's screen. */
        Receipt: {
            /** @description The device's name; null for an administrator of an exercise without one. */
            device?: string | null;
            /** Format: date-time */
            opened_at?: string | null;
            /** Format: date-time */
            received_at: string;
            user: components["schemas"]["Named_UserId"];
        };
        Record: {
            /** @description Everybody who wrote on the plan. */
            authors: components["schemas"]["UserId"][];
            checked?: components["schemas"]["Mark"] | null;
            /** @description Everybody who put people or photographs onto the watchlist. */
            listers?: components["schemas"]["UserId"][];
            plan: components["schemas"]["Plan"];
            review?: components["schemas"]["Review"] | null;
            signage?: components["schemas"]["Signage"] | null;
            stage: components["schemas"]["Stage"];
            withdrawal?: components["schemas"]["Reasoned"] | null;
        };
        Resembled: {
            id: components["schemas"]["EntryId"];
            name: string;
            namesake?: components["schemas"]["Namesake"] | null;
        };
        /** @description What becomes of a possible duplicate. */
        Resolution: {
            /** @enum {string} */
            kind: "keep_both";
            rationale: string;
        } | {
            into: components["schemas"]["EntryId"];
            /** @enum {string} */
            kind: "merge";
        } | {
            /** @enum {string} */
            kind: "drop";
        };
        /**
         * @description What officers are to do, once a person has confirmed a match.
         * @enum {string}
         */
        Response: "red" | "amber" | "green";
        /** @description A row of the table of what is kept, and how long. */
        RetentionRule: {
            action: string;
            class: components["schemas"]["Class"];
            /** @description What it is, in words; so are the others. */
            holds: string;
            period: string;
            /**
             * Format: int64
             * @description Of the period.
             */
            seconds: number;
            trigger: string;
        };
        Review: components["schemas"]["Mark"] & {
            /** Format: int32 */
            complaints: number;
            lessons: string;
            outcomes: string;
            sign_off?: components["schemas"]["SignOff"] | null;
        };
        ReviewedEngagement: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            outcome: components["schemas"]["Outcome"];
        };
        /** @description What is left of an alert's two pictures, by the retention table. */
        ReviewedPictures: {
            /** @enum {string} */
            kind: "kept";
        } | {
            /** @enum {string} */
            kind: "never_came";
        } | {
            /**
             * Format: date-time
             * @description Null where only the journal tells.
             */
            at?: string | null;
            /** @enum {string} */
            kind: "deleted";
            why: components["schemas"]["PicturesGone"];
        };
        /**
         * @description What a person may do.
         * @enum {string}
         */
        Role: "administrator" | "authorising_officer" | "commander" | "list_manager" | "operator" | "engagement_officer" | "engineer" | "auditor";
        /** @description A role that somebody holds. */
        RoleGrant: {
            role: components["schemas"]["Role"];
            /**
             * Format: date
             * @description The last day on which the training for it holds. Without one there was none.
             */
            trained_until?: string | null;
        };
        /** @description At least one; none twice. */
        Roles: components["schemas"]["RoleGrant"][];
        RosterCheck: {
            /** @description One for each row of the list, in its order. */
            rows: components["schemas"]["RosterRow"][];
            /** @description Photographs that no row names. */
            unused_photos: string[];
        };
        /** @description Something that keeps a row from being listed. */
        RosterFault: {
            /** @description Null where it is about the whole row. */
            column?: string | null;
            /** @description What is wrong, and what to do. */
            message: string;
            /** @description For pages, which say it in their own words. */
            what: components["schemas"]["RosterFaultKind"];
        };
        /** @description What can be wrong with a row. */
        RosterFaultKind: {
            /** @enum {string} */
            code: "empty";
        } | {
            /** @enum {string} */
            code: "too_long";
            longest: number;
        } | {
            /** @enum {string} */
            code: "hidden";
        } | {
            allowed: string[];
            /** @enum {string} */
            code: "category_not_planned";
        } | {
            /** @enum {string} */
            code: "day_ahead";
        } | {
            /** @enum {string} */
            code: "person_too_old";
        } | {
            /** @enum {string} */
            code: "image_too_old";
        } | {
            /** @enum {string} */
            code: "image_before_birth";
        } | {
            /** @enum {string} */
            code: "no_day";
        } | {
            /** @enum {string} */
            code: "neither_yes_nor_no";
        } | {
            /** @enum {string} */
            code: "age_unsaid";
        } | {
            /** @enum {string} */
            code: "no_response";
        } | {
            /** @enum {string} */
            code: "fields";
            expected: number;
            found: number;
        } | {
            /** @enum {string} */
            code: "same_nominal";
            /** Format: int64 */
            line: number;
        } | {
            /** @enum {string} */
            code: "no_photo";
        } | {
            /** @enum {string} */
            code: "too_many_photos";
            most: number;
        } | {
            /** @enum {string} */
            code: "photo_named_twice";
            file: string;
            /** Format: int64 */
            line: number;
        } | {
            /** @enum {string} */
            code: "photo_missing";
            file: string;
        };
        RosterRow: {
            already_listed: boolean;
            faults: components["schemas"]["RosterFault"][];
            /**
             * Format: int64
             * @description Of the list; its heading is line 1.
             */
            line: number;
            name: string;
            /** @description What will have to be decided about the entry. */
            needs: components["schemas"]["ClearanceKind"][];
            nominal_id: string;
            particulars?: components["schemas"]["Particulars"] | null;
            photos: string[];
            warnings: components["schemas"]["RosterWarning"][];
        };
        RosterStatus: {
            /**
             * Format: int64
             * @description Of these, entries with another legal status than before.
             */
            changed: number;
            /** @description The watchlist counts as looked through: none is missing, and the operation hasn't started. */
            checked: boolean;
            /**
             * Format: int64
             * @description Entries that are still wanted.
             */
            confirmed: number;
            /** @description Entries that aren't on the list, oldest first. Nothing is removed unless it is named. */
            missing: components["schemas"]["MissingEntry"][];
            /** @description Numbers that aren't on the watchlist. */
            unknown: string[];
        };
        /** @description Something to look at again. It keeps nothing from being listed. */
        RosterWarning: {
            kind: components["schemas"]["RosterWarningKind"];
            message: string;
        };
        /** @enum {string} */
        RosterWarningKind: "image_old" | "image_age_gap";
        SavedPlan: {
            deployment?: components["schemas"]["DeploymentId"] | null;
            typed: components["schemas"]["TypedPlan"];
        };
        /**
         * @description What a comparison score is measured on.
         * @enum {string}
         */
        Scale: "cosine" | "normalised";
        /** @description It may be a name. */
        Search: string;
        /** @description A password as typed. Overwritten when dropped; its Debug shows nothing. */
        Secret: string;
        /**
         * Format: binary
         * @description The seed of a transform, in the document only.
         */
        Seed: string;
        /** @description What the server runs with. Nothing of it is changed here. */
        ServerSettings: {
            /** @description Checks the journal's heads and deletion certificates, in hexadecimal. */
            audit_key: string;
            /**
             * Format: date-time
             * @description Until when the pilot certificate holds.
             */
            certificate_expires_at?: string | null;
            /** @description For browsers on the server's own machine. */
            http: string;
            /** @description For tablets; nothing where the server serves its own machine only. */
            https?: string | null;
            /** @description Whether keys and the longest watchlist could be locked in memory when it started. */
            memory_locked: boolean;
            model: components["schemas"]["ModelId"];
            only_here?: components["schemas"]["OnlyHere"] | null;
            pipeline: components["schemas"]["PipelineVersion"];
            /** @description Where tablets are told to find it. */
            public_url: string;
            /** Format: date-time */
            started_at: string;
            tls: components["schemas"]["TlsKind"];
            version: string;
        };
        Session: {
            device?: components["schemas"]["Named_DeviceId"] | null;
            /** @description What this account may do with the server, and begin with it. As a kiosk, nothing. */
            duties: components["schemas"]["Duty"][];
            kiosk?: components["schemas"]["DeploymentId"] | null;
            user: components["schemas"]["User"];
        };
        Setup: {
            /** @description Whether nobody has an account yet. */
            needed: boolean;
            /** @description Whether this browser is paired as a device, whoever is signed in. */
            paired: boolean;
        };
        SexCount: {
            /** Format: int32 */
            people?: number | null;
            value: components["schemas"]["ObservedSex"];
        };
        /**
         * Format: int32
         * @description How many shots of one track a probe was fused from.
         */
        Shots: number;
        /** @enum {string} */
        Show: "all" | "waiting" | "warned" | "several";
        /** @description A second person's judgement, on sight. */
        Sight: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Named_UserId"];
            verdict: components["schemas"]["SightVerdict"];
        };
        /**
         * @description What a second person says who sees the first one's match in the flesh.
         * @enum {string}
         */
        SightVerdict: "confirmed" | "not_confirmed";
        /** @description A named officer saw the signs stand before the zone of recognition. */
        Signage: components["schemas"]["Mark"] & {
            name: string;
            /** @description SHA-256 of the photograph, in hexadecimal. */
            photo: string;
        };
        /** @description An authorising officer's, over what she saw. */
        Signature: components["schemas"]["Mark"] & {
            /** @description SHA-256 of the signed content, in hexadecimal. */
            content: string;
            /**
             * Format: double
             * @description At most, for the expected footfall.
             */
            false_alerts: number;
            /**
             * Format: int64
             * @description Of these, below 18 or possibly so.
             */
            minors?: number;
            name: string;
            /**
             * Format: int64
             * @description On the watchlist then.
             */
            people: number;
            /** Format: int64 */
            photos: number;
            rank: string;
            /** Format: float */
            threshold: number;
        };
        SignOff: components["schemas"]["Mark"] & {
            name: string;
            rank: string;
        };
        /** @description Whole centimetres, so that what is signed is exact. Seen from above; the first corner of what is drawn is its upper left. */
        Sketch: {
            /** Format: int32 */
            depth_cm: number;
            /** @description At least one of them a camera. */
            marks: components["schemas"]["SketchMark"][];
            /** Format: int32 */
            width_cm: number;
            /** @description Corners of the zone of recognition, in order along its outline, either way round. */
            zone: components["schemas"]["Spot"][];
        };
        /** @description Something that stands in one spot. */
        SketchMark: {
            at: components["schemas"]["Spot"];
            kind: components["schemas"]["MarkKind"];
            /** @description What it is called, or what helps to find it; empty where nothing need be said. */
            note?: string;
        };
        Spot: {
            /**
             * Format: int32
             * @description From the left edge.
             */
            x_cm: number;
            /**
             * Format: int32
             * @description From the upper edge.
             */
            y_cm: number;
        };
        /** @description How far the plan has come. */
        Stage: {
            /** @enum {string} */
            kind: "planned";
            refusal?: components["schemas"]["Reasoned"] | null;
        } | {
            /** @enum {string} */
            kind: "submitted";
            submission: components["schemas"]["Mark"];
        } | {
            /** @enum {string} */
            kind: "authorised";
            signature: components["schemas"]["Signature"];
            submission: components["schemas"]["Mark"];
        };
        /** @description What is certified. */
        Statement: {
            /**
             * Format: int64
             * @description Matched crops.
             */
            crops: number;
            deployment: components["schemas"]["DeploymentId"];
            end_reason: components["schemas"]["EndReason"];
            /** Format: date-time */
            ended_at: string;
            /**
             * Format: int64
             * @description Alerts whose pictures stay under a hold, under keys of their own. Older certificates don't say.
             */
            held?: number;
            /**
             * Format: int64
             * @description The journal's entry that says so.
             */
            journal_entry: number;
            /** @description Its hash, in hexadecimal. */
            journal_hash: string;
            /** @description Names the data key that sealed all of them, without telling anything of it. */
            key: string;
            /**
             * Format: date-time
             * @description From then on no copy of them could be read, in a backup neither.
             */
            key_destroyed_at: string;
            /**
             * Format: int64
             * @description People put onto the watchlist in all, as the journal says. Older certificates don't say.
             */
            listed?: number;
            /**
             * Format: int64
             * @description People on the watchlist at the end, who were deleted then.
             */
            people: number;
            /**
             * Format: int64
             * @description Their photographs, each with its template.
             */
            photos: number;
            /** @description The key that signs, in hexadecimal; `vedette audit key` prints the same. */
            signed_by: string;
            /**
             * Format: int64
             * @description People on the watchlist when it was signed for; nothing of an exercise. Older certificates don't say.
             */
            signed_for?: number;
            /**
             * Format: int64
             * @description Of these, taken off before the end: removed, refused, or merged with somebody else on it. Older certificates don't say.
             */
            taken_off?: number;
        };
        /** @description What an officer must know of the person before speaking to them. Why is with whoever keeps the list. */
        Subject: {
            category: string;
            /** Format: date */
            image_taken_on: string;
            minor?: components["schemas"]["Minor"] | null;
            response: components["schemas"]["Response"];
            /** @description A disability or vulnerability is on record. */
            vulnerable: boolean;
        };
        /** @description What was held about one person. Says nothing of anybody else: no officer, no device, no other entry. */
        SubjectAccess: {
            /** Format: date-time */
            at: string;
            /**
             * Format: uuid
             * @description Of the disclosure, as the journal has it.
             */
            id: string;
            /** @description Each list that the person was on, oldest first. */
            listed: components["schemas"]["SubjectListing"][];
            nominal_id: string;
            request_reference: string;
            /** @description How long each of it is kept. */
            retention: components["schemas"]["RetentionRule"][];
            /** @description Random, and in no journal: the digests there can be checked by whoever has this answer, and guessed by nobody. */
            salt: string;
        };
        SubjectAlert: {
            /** Format: date-time */
            raised_at: string;
            verdict?: components["schemas"]["Verdict"] | null;
        };
        /** @enum {string} */
        SubjectFactor: "ageing" | "headwear" | "glasses" | "face_covering" | "facial_hair" | "hair" | "make_up" | "injury" | "relative";
        SubjectListing: {
            /** Format: date-time */
            added_at: string;
            /** @description Possible matches that were raised about the person, oldest first. */
            alerts: components["schemas"]["SubjectAlert"][];
            category: string;
            deployment: components["schemas"]["DeploymentId"];
            deployment_name: string;
            /** Format: date-time */
            ended_at?: string | null;
            /** @description Of each image as it was kept, in hexadecimal. */
            image_sha256: string[];
            place: string;
            /** Format: date-time */
            removed_at?: string | null;
            /** Format: date-time */
            started_at?: string | null;
        };
        /** @description What somebody asks, whose number in the source is given. */
        SubjectRequest: {
            deployment?: components["schemas"]["DeploymentId"] | null;
            nominal_id: string;
            /** @description Under which the request is filed. */
            request_reference: string;
        };
        /** @enum {string} */
        SystemFactor: "image_quality" | "blur" | "pose" | "probe_lighting" | "old_reference";
        Tallies: {
            /**
             * Format: int64
             * @description How long ago the last of it was counted, where it waited. At most a day.
             */
            age_ms?: number;
            /**
             * Format: int32
             * @description Faces followed since the last report. At most 10,000.
             */
            faces_seen: number;
            /** @description Made by the device; the same one counts once. */
            id: components["schemas"]["DeliveryId"];
            /** @description Of a kiosk. At most 10,000 of each. */
            kiosk?: components["schemas"]["KioskCounts"];
            /**
             * Format: int32
             * @description Of these, faces of which no shot was good enough to encode.
             */
            not_assessable: number;
        };
        ThisDevice: {
            device_name: string;
        };
        /**
         * @description With what the server's answers are encrypted.
         * @enum {string}
         */
        TlsKind: "none" | "pilot" | "own";
        /**
         * Format: uuid
         * @description One face followed through consecutive frames on one device. UUID version 7, made by the device.
         */
        TrackId: string;
        /**
         * @description Names a secret transform without telling anything of it: the first 16 lower-case hexadecimal digits of a SHA-256 over
         *     its seed.
         */
        TransformId: string;
        TypedDocument: {
            kind: components["schemas"]["DocumentKind"];
            reference: string;
            review_by: string;
            version: string;
        };
        /** @description Any of it may be empty. */
        TypedPlan: {
            alternatives: string;
            /** @description One a line. */
            cameras: string;
            categories: string[];
            documents: components["schemas"]["TypedDocument"][];
            ends: string;
            footfall: string;
            legal_basis: string;
            name: string;
            necessity: string;
            notice: string;
            place: string;
            proportionality: string;
            published_on: string;
            purpose: string;
            single_person: string;
            /** @description As far as it is drawn. */
            sketch?: components["schemas"]["Sketch"];
            /** @description Local date and time. */
            starts: string;
            target: string;
            use_case: string;
        };
        UnfinishedPlan: {
            deployment?: components["schemas"]["DeploymentId"] | null;
            id: components["schemas"]["PlanId"];
            /** Format: date-time */
            saved_at: string;
            typed: components["schemas"]["TypedPlan"];
        };
        /**
         * @description Why nobody looks for the person any more.
         * @enum {string}
         */
        Unlisted: "removed" | "not_wanted" | "refused";
        UsedPairingCode: {
            /** @example ABCD-EFGH */
            code: string;
        };
        User: {
            id: components["schemas"]["UserId"];
            name: string;
            roles: components["schemas"]["RoleGrant"][];
        };
        /**
         * Format: uuid
         * @description A person who signs in.
         */
        UserId: string;
        /**
         * @description An officer's decision about an alert.
         * @enum {string}
         */
        Verdict: "true" | "false" | "inconclusive";
        /** @description What came out about alerts, of one face or about one entry: what was decided, unless somebody on the spot found otherwise. */
        Verdicts: {
            /** Format: int32 */
            false: number;
            /** Format: int32 */
            inconclusive: number;
            /** Format: int32 */
            true: number;
        };
        Waiting: {
            /** @description These devices, the one that has been ailing longest first. */
            ailing: components["schemas"]["Ailing"][];
            /**
             * Format: int64
             * @description Alerts without a decision. One face is one alert, however many people on the list it resembles.
             */
            alerts: number;
            /**
             * Format: date-time
             * @description When the oldest of them was raised.
             */
            alerts_since?: string | null;
            /**
             * Format: int64
             * @description Devices with which something is amiss.
             */
            devices: number;
            /**
             * Format: date-time
             * @description When the first alert lapsed without a decision.
             */
            lapsed_since?: string | null;
            /**
             * Format: int64
             * @description Alerts that one person held to be true, and that a second has yet to judge on sight.
             */
            sights: number;
            /**
             * Format: date-time
             * @description When the oldest of them was decided.
             */
            sights_since?: string | null;
            /**
             * Format: date-time
             * @description Since when no camera has looked at a live deployment, so that nobody is compared. Null while one looks.
             */
            unwatched_since?: string | null;
            /**
             * Format: int64
             * @description Alerts that were decided to be true, and of which nobody has written down what came of it, while that can be done.
             */
            unwritten: number;
            /**
             * Format: date-time
             * @description Until when that can be done, of a deployment that has ended: without names and notes.
             */
            unwritten_until?: string | null;
            /**
             * Format: date-time
             * @description When false alerts were first more frequent than the ceiling may allow, since it last went on.
             */
            warned_since?: string | null;
        };
        /** @description Some of a watchlist. */
        WatchlistPage: {
            /** @description Categories that people on the list are of. */
            categories: string[];
            entries: components["schemas"]["Entry"][];
            /**
             * Format: int64
             * @description Of these, people who are asked for.
             */
            found: number;
            /**
             * Format: int32
             * @description Counted from 0.
             */
            page: number;
            /** Format: int32 */
            page_size: number;
            /**
             * Format: int64
             * @description People on the list.
             */
            total: number;
        };
        /** @description Whom to look for on a watchlist; everybody, where nothing is asked for. */
        WatchlistQuestion: {
            category?: string | null;
            /**
             * Format: int32
             * @description Counted from 0; beyond the end the last one is given.
             */
            page?: number;
            response?: components["schemas"]["Response"] | null;
            /** @description In the name or the source's number. */
            search?: components["schemas"]["Search"];
            show?: components["schemas"]["Show"];
        };
        /** @description Nobody looks for the person any more. */
        Withdrawal: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Named_UserId"] | null;
            why: components["schemas"]["Unlisted"];
        };
        /** @description What a zone is made of, unchecked. */
        ZoneParts: {
            /** @description In order along the outline, either way round. */
            corners: components["schemas"]["Corner"][];
            /**
             * Format: float
             * @description Width of the largest face wanted, in the same unit.
             */
            largest: number;
            /**
             * Format: float
             * @description Width of the smallest face wanted, as a share of the picture's longer side: a camera that delivers another
             *     resolution, or is turned, shows a face with the same share.
             */
            smallest: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    alerts_adjudicate: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the alert that the person saw, in quotes */
                "if-match": string;
            };
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adjudication"];
            };
        };
        responses: {
            /** @description Decided: this alert, then the others that the decision holds for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"][];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description already-adjudicated, too-soon, not-in-time, not-listed, delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_confirm: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the alert that the person saw, in quotes */
                "if-match": string;
            };
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description Recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description own-decision, too-soon, not-decided-true, not-in-time, not-listed, already-confirmed, already-engaged, deployment-ended, delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_crop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": components["schemas"]["Picture"];
            };
        };
        responses: {
            /** @description Kept until a decision against it, or the deployment's end */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description crop-not-wanted */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description photo-invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_engage: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the alert that the person saw, in quotes */
                "if-match": string;
            };
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEngagement"];
            };
        };
        responses: {
            /** @description Recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-decided-true, not-confirmed, not-in-time, not-listed, already-engaged, not-wanted, deployment-ended, delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description Held */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description nothing-to-hold */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_check_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdentityCheck"];
            };
        };
        responses: {
            /** @description The alert with its checks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-decided-true, not-confirmed, not-in-time, not-listed, deployment-ended, delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_observe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Observation"];
            };
        };
        responses: {
            /** @description Counted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-wanted, deployment-ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_probe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The crop */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReceipt"];
            };
        };
        responses: {
            /** @description The alert with its receipts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The photo */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    certificate_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complaints_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Complaints, last received first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complaints_settle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The complaint */
                id: components["schemas"]["ComplaintId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComplaintOutcome"];
            };
        };
        responses: {
            /** @description Closed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description complaint-closed, own-complaint */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deployments, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeployment"];
            };
        };
        responses: {
            /** @description The draft */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deployment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRecord"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertReview"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: components["schemas"]["AlertId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_authorise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignature"];
            };
        };
        responses: {
            /** @description Authorised */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage, own-plan, own-list, list-unattributed, plan-changed, plan-incomplete */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    candidates_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Candidate"];
            };
        };
        responses: {
            /** @description Compared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CandidateReply"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-live, model-mismatch */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid, candidate-too-old */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-candidates */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description busy, storage-unavailable */
            503: {
                headers: {
                    /** @description Seconds in which nothing is compared */
                    "Retry-After"?: number | null;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearances_list: {
        parameters: {
            query?: {
                /** @description Of any kind without it. */
                kind?: components["schemas"]["ClearanceKind"];
                /** @description Counted from 0. */
                page?: number;
                /** @description All of them without it. */
                show?: "open" | "settled";
            };
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearancePage"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complaints_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComplaint"];
            };
        };
        responses: {
            /** @description Recorded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_dashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionCertificate"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-deleted-yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    heartbeats_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As they last said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceFitness"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entries_list: {
        parameters: {
            query?: {
                /** @description Counted from 0. */
                page?: number;
            };
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries, oldest first; fewer than 200 on the last page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entries_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEntry"];
            };
        };
        responses: {
            /** @description Enrolled */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolled"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description model-mismatch, deployment-ended, watchlist-full, already-listed, reason-needed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid, photo-invalid, below-quality-floor */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entries_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearances_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
                /** @description What is decided */
                kind: components["schemas"]["ClearanceKind"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is decided, or must be, about that entry now; nothing where it went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clearance"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description clearance-decided, clearance-not-requested, own-request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearances_refuse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
                /** @description What is decided */
                kind: components["schemas"]["ClearanceKind"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is decided, or must be, about that entry now; nothing where it went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clearance"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description clearance-decided */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearances_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
                /** @description What is decided */
                kind: components["schemas"]["ClearanceKind"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRationale"];
            };
        };
        responses: {
            /** @description What is decided, or must be, about that entry now; nothing where it went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clearance"][];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description clearance-decided */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearances_resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewResolution"];
            };
        };
        responses: {
            /** @description What is decided, or must be, about that entry now; nothing where it went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clearance"][];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description clearance-decided, clearance-undecided, clearance-lost, watchlist-changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entries_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The photo */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    photos_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPhoto"];
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolled"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description model-mismatch, deployment-ended, photos-full, watchlist-closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid, photo-invalid, below-quality-floor */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    photos_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
                /** @description The photo */
                photo: components["schemas"]["PhotoId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The photo */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    photos_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry */
                entry: components["schemas"]["EntryId"];
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
                /** @description The photo */
                photo: components["schemas"]["PhotoId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry without it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description last-photo */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entries_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description What became of each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReply"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description model-mismatch, watchlist-closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events_stream: {
        parameters: {
            query?: {
                /** @description Like last-event-id, for a first connection */
                after?: number;
            };
            header?: {
                /** @description Replays what came after this event */
                "last-event-id"?: number | null;
            };
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    heartbeats_send: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeat"];
            };
        };
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-live */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    interruptions_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInterruption"];
            };
        };
        responses: {
            /** @description Written down */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    kiosk_set_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is a kiosk */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-ended, organisation-missing */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_notice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, organisation-missing */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_observations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observations"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-deleted-yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReason"];
            };
        };
        responses: {
            /** @description Paused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-live */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_amend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOperation"];
            };
        };
        responses: {
            /** @description The changed plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, deployment-ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_publication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Header and row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-deleted-yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_refuse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReason"];
            };
        };
        responses: {
            /** @description Sent back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReason"];
            };
        };
        responses: {
            /** @description Live */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-paused, deployment-ended, nobody-sought, model-mismatch */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description Reviewed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_sign_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignOff"];
            };
        };
        responses: {
            /** @description Signed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage, own-plan, review-changed, match-unwritten */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    roster_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoster"];
            };
        };
        responses: {
            /** @description What was found in each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterCheck"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, watchlist-closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid, roster-unreadable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    roster_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStatus"];
            };
        };
        responses: {
            /** @description Who is still wanted, and who isn't */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterStatus"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, deployment-ended, watchlist-changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid, roster-unreadable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_signs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The photograph */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_confirm_signs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        /** @description The photograph, at most 512 KiB and 1,024 pixels a side */
        requestBody: {
            content: {
                "image/jpeg": components["schemas"]["Picture"];
            };
        };
        responses: {
            /** @description Confirmed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description photo-invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployments_start: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-draft, deployment-ended, watchlist-empty, start-blocked, operation-live, model-mismatch */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_submit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Submitted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage, plan-incomplete */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tallies_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tallies"];
            };
        };
        responses: {
            /** @description Counted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-live, deployment-ended, delivery-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transform_probes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 32 bytes. A key: to be kept in memory only, until the deployment ends or somebody else uses the device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Seed"];
                };
            };
            /** @description This deployment is older than transforms: templates are sent as they are */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-not-live */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transform_references: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 32 bytes. A key: to be kept in memory only, while people are being enrolled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Seed"];
                };
            };
            /** @description This deployment is older than transforms: templates are sent as they are */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-ended, watchlist-closed, watchlist-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchlist_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatchlistQuestion"];
            };
        };
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchlistPage"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_confirm_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirmed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReason"];
            };
        };
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-an-operation, wrong-stage */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    zone_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The zone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneParts"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    zone_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment */
                id: components["schemas"]["DeploymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ZoneParts"];
            };
        };
        responses: {
            /** @description The zone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneParts"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deployment-ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    devices_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Devices, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    devices_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UsedPairingCode"];
            };
        };
        responses: {
            /** @description Paired */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named_DeviceId"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description pairing-code-wrong, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    devices_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device */
                id: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdrawn */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    devices_create_this: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThisDevice"];
            };
        };
        responses: {
            /** @description Paired */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named_DeviceId"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluations_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluations_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Measured"];
            };
        };
        responses: {
            /** @description The report */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description evaluations-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluations_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report */
                id: components["schemas"]["EvaluationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_probe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The hold */
                id: components["schemas"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The hold */
                id: components["schemas"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["Picture"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The hold */
                id: components["schemas"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Released */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hold-over, complaint-open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holds_renew: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The hold */
                id: components["schemas"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description Held on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hold-over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journal_list: {
        parameters: {
            query?: {
                /** @description Number of the entry before which to read on; the journal's end without it. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries, last first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    kiosk_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kiosk */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kiosk"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Models"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOperation"];
            };
        };
        responses: {
            /** @description The plan */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is responsible */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganisation"];
            };
        };
        responses: {
            /** @description Who is responsible */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pairing_codes_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPairingCode"];
            };
        };
        responses: {
            /** @description The code */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingCode"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plans_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unfinished plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnfinishedPlan"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plans_save: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unfinished plan, a UUID version 7 made by the page */
                id: components["schemas"]["PlanId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedPlan"];
            };
        };
        responses: {
            /** @description As it is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnfinishedPlan"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description plans-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plans_discard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unfinished plan */
                id: components["schemas"]["PlanId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discarded */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Policy"];
            };
        };
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports_annual: {
        parameters: {
            query?: {
                /** @description The present one without it. */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnualReport"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports_annual_csv: {
        parameters: {
            query?: {
                /** @description The present one without it. */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Header and rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retention_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRule"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    server_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings, and what follows from them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerSettings"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-failed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_set_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description password-wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setup_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether set-up is needed, and pairing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setup_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSetup"];
            };
        };
        responses: {
            /** @description Set up, signed in and paired */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description setup-code-wrong, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description already-set-up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subject_access_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disclosures, last first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subject_access_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubjectRequest"];
            };
        };
        responses: {
            /** @description What was held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectAccess"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description The new account */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description name-taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account */
                id: components["schemas"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description last-administrator */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_set_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account */
                id: components["schemas"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoles"];
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description signed-out */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-allowed, not-paired, device-revoked, other-origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description last-administrator, own-roles */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wrong-content-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description storage-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
