using System.Collections.Frozen;
using System.Text;

namespace OsDeploy.Tui.Drivers;

/// <summary>What a terminal shows for a character its fonts or its line do not have.</summary>
internal sealed class GlyphMap
{
    // In the code page of the kernel's built-in font as well as in Debian's Lat15 and Uni2 fonts.
    private const string Vga =
        "─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬█░▒▲▼←↑→↓•"
        + "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥áíóúñÑªº¿¬¡«»ßµ±÷°·²§¶";

    // A character, then what stands for it, where the first is not to be had.
    private const string Plain =
        "─-│|┌+┐+└+┘+├+┤+┬+┴+┼+═=║|╒+╓+╔+╕+╖+╗+╘+╙+╚+╛+╜+╝+╞+╟+╠+╡+╢+╣+╤+╥+╦+╧+╨+╩+╪+╫+╬+"
        + "█#▓#▒:░.▄#▀#■#▌#▐#▲^▼v►>◄<←<↑^→>↓v•*·.…~–-—-‐-‑-−-‘'’'‚,“\"”\"„\"«<»>‹<›>×x÷/°o\u00a0 "
        + "ÀAÁAÂAÃAÄAÅAÆAÇCÈEÉEÊEËEÌIÍIÎIÏIÐDÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝY"
        + "àaáaâaãaäaåaæaçcèeéeêeëeìiíiîiïiðdñnòoóoôoõoöoøoùuúuûuüuýyÿyßs"
        + "ĀAāaĂAăaĄAąaĆCćcČCčcĎDďdĐDđdĒEēeĖEėeĘEęeĚEěeĞGğgĢGģgĪIīiĮIįiİIıiĶKķkĻLļlĽLľlŁLłlŃNńnŅNņnŇNňn"
        + "ŌOōoŐOőoŒOœoŔRŕrŘRřrŚSśsŞSşsŠSšsŢTţtŤTťtŪUūuŮUůuŰUűuŲUųuŸYŹZźzŻZżzŽZžzȘSșsȚTțt";

    private static readonly FrozenSet<int> s_vga = Vga.Select(c => (int)c).ToFrozenSet();
    private static readonly FrozenDictionary<int, Rune> s_plain = Pairs().ToFrozenDictionary();

    private readonly Func<int, bool> _has;

    private GlyphMap(Func<int, bool> has) => _has = has;

    public static GlyphMap For(TerminalProfile profile) => profile switch
    {
        { IsUtf8: false } => new(_ => false),
        { IsLinuxConsole: true } => new(s_vga.Contains),
        _ => new(_ => true),
    };

    /// <summary>One column, or as many as <paramref name="rune"/> if that is returned; a question mark is meant for each of its columns.</summary>
    public Rune this[Rune rune] => rune.Value < 0x7F || _has(rune.Value) ? rune
        : s_plain.TryGetValue(rune.Value, out var plain) ? plain
        : new Rune('?');

    private static IEnumerable<KeyValuePair<int, Rune>> Pairs() =>
        Plain.Chunk(2).Select(pair => KeyValuePair.Create((int)pair[0], new Rune(pair[1])));
}
