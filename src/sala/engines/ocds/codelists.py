"""The codes of each codelist of OCDS 1.1.5 and its extensions. Facts, taken from the published lists."""

from typing import Final

_CODES: Final[dict[str, str]] = {
    "awardCriteria": """
        priceOnly costOnly qualityOnly ratedCriteria lowestCost bestProposal bestValueToGovernment
        singleBidOnly
    """,
    "awardFinalStatus": "complete cancelled unsuccessful",
    "awardStatus": "pending active cancelled unsuccessful",
    "bidStatus": "invited pending valid disqualified withdrawn",
    "classificationScheme": """
        CPV CPVS GSIN UNSPSC CPC OKDP OKPD CUCOP NAICS PSC HS CELEX LEXML COFOG proClass sdg
        sdgTarget TED_CA_TYPE TED_CE_ACTIVITY eu-buyer-contracting-type eu-main-activity
        eu-buyer-legal-type oc4idsProjectSector
    """,
    "contractFinalStatus": "complete incomplete cancelled unsuccessful",
    "contractStatus": "pending active terminated cancelled",
    "country": """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
        BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
        EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
        GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
        KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
        MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
        QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
        TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA
        ZM ZW
    """,
    "currency": """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN
        BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP
        ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR
        ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
        MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR
        PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STN SVC SYP SZL THB
        TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VES VND VUV WST XAF XAG XAU
        XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL ADP AFA ALK AOK AON
        AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN BRR BUK BYB BYR
        CHC CSD CSJ CSK CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE
        GWP HRD IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ MXP
        MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SRG STD SUR TJR TMM TPE
        TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC
        ZWD ZWN ZWR
    """,
    "dataType": "string date-time number integer boolean",
    "documentType": """
        plannedProcurementNotice marketEngagementNotice tenderNotice awardNotice contractNotice
        completionCertificate procurementPlan biddingDocuments technicalSpecifications
        exclusionGrounds selectionCriteria awardCriteria evaluationCriteria
        otherParticipationRequirements procurementMethodRationale noStandstillPeriodJustification
        evaluationReports contractDraft contractSigned contractArrangements physicalProgressReport
        financialProgressReport finalAudit hearingNotice marketStudies clarifications
        shortlistedFirms environmentalImpact assetAndLiabilityAssessment riskProvisions winningBid
        complaints contractAnnexe contractGuarantees subContract needsAssessment feasibilityStudy
        projectPlan billOfQuantity bidders conflictOfInterest debarments illustration
        submissionDocuments contractSummary cancellationDetails unsuccessfulDetails tariffs
        tariffMethod tariffReview tariffIllustration eligibilityCriteria contractSchedule
        noObjectionCertificate
    """,
    "dynamicPurchasingSystemType": "open closed",
    "extendedProcurementCategory": "goods services consultingServices works",
    "frameworkAgreementMethod": """
        withReopeningCompetition withoutReopeningCompetition withAndWithoutReopeningCompetition
    """,
    "geometryType": "Point MultiPoint LineString MultiLineString Polygon MultiPolygon",
    "initiationType": "tender",
    "language": """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
        da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
        hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
        lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
        or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
        ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """,
    "linkRelationType": "canonical prev alternate",
    "locationGazetteer": "NUTS ISO2 GEONAMES OSMN OSMW OSMR",
    "method": "open selective limited direct",
    "milestoneStatus": "scheduled met notMet partiallyMet",
    "milestoneType": """
        preProcurement approval engagement assessment delivery reporting financing payment
        procurement contractClose securityClearanceDeadline
    """,
    "participationFeeType": "document deposit submission win",
    "partyRole": """
        buyer procuringEntity supplier tenderer funder enquirer payer payee reviewBody
        interestedParty contractImplementationManager mediationBody processContactPoint
        reviewContactPoint informationService privateParty leadBank lender equityInvestor
        notifiedPotentialSupplier wholesaleBuyer
    """,
    "partyScale": "micro sme small medium large selfEmployed",
    "permission": "required allowed notAllowed",
    "planningFinalStatus": "cancelled unsuccessful",
    "procurementCategory": "goods services works",
    "relatedProcess": """
        framework planning parent prior unsuccessfulProcess subContract replacementProcess
        renewalProcess
    """,
    "relatedProcessScheme": "ocid",
    "releaseTag": """
        planning planningUpdate tender tenderAmendment tenderUpdate tenderCancellation award
        awardUpdate awardCancellation contract contractUpdate contractAmendment implementation
        implementationUpdate contractTermination compiled
    """,
    "statistic": """
        requests bids validBids bidders qualifiedBidders disqualifiedBidders disqualifiedBids
        electronicBids smeBids foreignBids foreignBidsFromEU tenderAbnormallyLow lowestValidBidValue
        highestValidBidValue
    """,
    "submissionMethod": "electronicSubmission electronicAuction written inPerson",
    "submissionType": "expressionOfInterest bid",
    "tenderFinalStatus": "complete cancelled unsuccessful",
    "tenderStatus": "planning planned active complete cancelled unsuccessful withdrawn",
    "unitClassificationScheme": "UNCEFACT QUDT",
}

CODELISTS: Final[dict[str, frozenset[str]]] = {
    name: frozenset(codes.split()) for name, codes in _CODES.items()
}
