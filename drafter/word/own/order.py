"""The order the schema wants, for parts that another program wrote: Word calls a file with another order damaged.

Source: ISO/IEC 29500-1, wml.xsd. What a table does not name is no element of its parent and is dropped.
"""

from __future__ import annotations

from drafter.word.element import Element, W

_SIDES = "top left,start bottom right,end"
_ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tblBorders": f"{_SIDES} insideH insideV",
    "tblCellMar": _SIDES,
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": f"{_SIDES} insideH insideV tl2br tr2bl",
    "tcMar": _SIDES,
    "styles": "docDefaults latentStyles style*",
    "docDefaults": "rPrDefault pPrDefault",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply pPr rPr tblPr trPr tcPr tblStylePr*""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "numbering": "numPicBullet* abstractNum* num* numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl*",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride*",
    "lvlOverride": "startOverride lvl",
    "fonts": "font*",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "footnotePr": "pos numFmt numStart numRestart",
    "endnotePr": "pos numFmt numStart numRestart",
    "settings": """zoom removePersonalInformation removeDateAndTime embedTrueTypeFonts embedSystemFonts
        alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter hideSpellingErrors
        hideGrammaticalErrors defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps
        evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
        displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin
        drawingGridVerticalOrigin noPunctuationKerning characterSpacingControl strictFirstAndLastChars
        noLineBreaksAfter* noLineBreaksBefore* footnotePr endnotePr compat mathPr themeFontLang clrSchemeMapping
        doNotAutoCompressPictures decimalSymbol listSeparator""",
    "compat": """useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance
        balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace
        doNotExpandShiftReturn spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack
        wpSpaceWidth showBreaksInFrames subFontBySize suppressBottomSpacing suppressTopSpacing
        suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk swapBordersFacingPages convMailMergeEsc
        truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders wrapTrailSpaces
        footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable
        autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth
        layoutTableRowsApart useWord97LineBreakRules doNotBreakWrappedTables doNotSnapToGridInCell
        selectFldWithFirstOrLastChar applyBreakingRules doNotWrapTextWithPunct doNotUseEastAsianBreakRules
        useWord2002TableStyleRules growAutofit useFELayout useNormalStyleForList doNotUseIndentAsNumberingTabStop
        useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable doNotSuppressIndentation
        doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth
        splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable doNotVertAlignInTxbx
        useAnsiKerningPairs cachedColBalance compatSetting*""",
}
"""Parent → children in order; a comma parts two names for one place, * says there may be several.

What of w:settings is not here tells of people, of the old text or of how it was edited, and is left behind.
"""

_Places = dict[str, tuple[int, bool]]


def _places(names: str) -> _Places:
    """Child → (its place, whether there may be several)."""
    return {
        one.rstrip("*"): (at, one.endswith("*")) for at, place in enumerate(names.split()) for one in place.split(",")
    }


_PLACES = {f"{{{W}}}{parent}": _places(names) for parent, names in _ORDER.items()}


_SHADE = f"{{{W}}}shd"


def order(root: Element) -> None:
    """Puts the children of every element the tables know into order; of children that may stand once the first stays.

    Shading without a pattern, which some programs write, gets the plain one.
    """
    for shade in root.iter(_SHADE):
        if f"{{{W}}}val" not in shade.attrib:
            shade.set(f"{{{W}}}val", "clear")
    for parent in list(root.iter(*_PLACES)):
        if len(parent):
            _sort(parent, _PLACES[str(parent.tag)])


def _sort(parent: Element, places: _Places) -> None:
    kept: list[tuple[int, Element]] = []
    taken = set()
    for one in parent:
        at, several = places.get(str(one.tag).rpartition("}")[2], (-1, False))
        if at >= 0 and (several or at not in taken):
            taken.add(at)
            kept.append((at, one))
    parent[:] = [one for _, one in sorted(kept, key=lambda row: row[0])]
