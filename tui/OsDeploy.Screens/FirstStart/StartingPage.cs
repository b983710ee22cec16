using System.Net;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>Whether computers are led here beside another DHCP server, or by the appliance as the only one.</summary>
internal sealed class StartingPage
{
    private readonly HelperClient _helper;
    private readonly NetworkPage _network;
    private readonly ChoiceEntry _mode;
    private readonly TextEntry _first;
    private readonly TextEntry _last;
    private string? _probed;
    private IReadOnlyList<string>? _others;

    public StartingPage(HelperClient helper, NetworkPage network)
    {
        (_helper, _network) = (helper, network);
        _mode = new ChoiceEntry("mode", Words.Starting.Mode, BootChoices.Modes) { Help = Words.Starting.ModeHelp };
        _first = new TextEntry("first", Words.Starting.First) { IsRequired = true, Applies = IsServer, Rule = RuleOf, Help = Words.Starting.RangeHelp };
        _last = new TextEntry("last", Words.Starting.Last) { IsRequired = true, Applies = IsServer, Rule = RuleOf, Help = Words.Starting.RangeHelp };
        Page = new WizardPage(
            new FormModel(
                Words.FirstStart.StartingTitle,
                [
                    new InfoEntry("heard", () => Heard),
                    _mode,
                    _first,
                    _last,
                    new InfoEntry("twice", () => Words.FirstStart.TwoServers) { IsWarning = true, Applies = () => IsServer() && _others is { Count: > 0 } },
                ],
                FormAction.Take(Words.Common.Next))
            {
                Help = Words.Starting.ModeHelp,
                Rule = WholeRule,
            },
            Prepare: ProbeAsync);
    }

    public WizardPage Page { get; }

    public BootMode Mode => Enum.TryParse<BootMode>(_mode.Value, out var mode) ? mode : BootMode.Off;

    public FirstSettings SettingsFor(string? school) => new(
        school,
        Mode,
        Mode == BootMode.Off ? "" : _network.Settings.Interface,
        IsServer() ? _first.Value : null,
        IsServer() ? _last.Value : null,
        IsServer() ? _network.Settings.Gateway : null,
        IsServer() ? _network.Settings.Dns : null);

    private string Heard => _others switch
    {
        null => Words.FirstStart.HeardNothing,
        [] => Words.FirstStart.HeardNobody,
        var others => Language.Fill(Words.FirstStart.HeardServer, Printable.Of(string.Join(", ", others), 60)),
    };

    private bool IsServer() => Mode == BootMode.Dhcp;

    // Asked once for each card: it takes some seconds.
    private async Task ProbeAsync(CancellationToken cancel)
    {
        var card = _network.Settings.Interface;
        if (_probed == card)
        {
            return;
        }

        _others = await ServersAsync(_helper, card, cancel);
        _probed = card;
        _mode.Value = (_others is [] && _network.Settings.Address is not null ? BootMode.Dhcp : BootMode.Proxy).ToString();
        if (_network.Settings.Address is { } own && RangeOf(own) is var (first, last))
        {
            (_first.Value, _last.Value) = (first, last);
        }
    }

    /// <returns>Addresses of the DHCP servers that answer; null: nobody could be asked.</returns>
    public static async Task<IReadOnlyList<string>?> ServersAsync(HelperClient helper, string card, CancellationToken cancel)
    {
        try
        {
            var answer = await helper.AskAsync(new DhcpProbeRequest(card), cancel);
            return [.. answer.Split('\n').Select(line => line.Split(' ')).Where(parts => parts is [_, "dhcp"] && NetworkSettings.IsPlainAddress(parts[0])).Select(parts => parts[0])];
        }
        catch (UserErrorException)
        {
            return null; // a card without a cable is no reason to stop here
        }
    }

    /// <summary>The second half of the network, without the appliance's own address and all that follows it.</summary>
    /// <param name="own">As <see cref="NetworkSettings.Address"/>.</param>
    /// <returns>Null: there is no room.</returns>
    public static (string First, string Last)? RangeOf(string own)
    {
        if (!IPNetwork.TryParse(MaskedOf(own), out var network))
        {
            return null;
        }

        var (start, size) = (NumberOf(network.BaseAddress), 1L << (32 - network.PrefixLength));
        var address = NumberOf(IPAddress.Parse(own.Split('/')[0])) - start;
        var (first, last) = address < size / 2 ? (size / 2, size - 2) : (1, (size / 2) - 1);
        return last <= first ? null : (AddressOf(start + first), AddressOf(start + last));
    }

    /// <summary>Whether addresses from the first to the last can be given out by an appliance with this one.</summary>
    public static bool IsRange(string first, string last, string own) =>
        IsIn(first, own) && IsIn(last, own) && NumberOf(IPAddress.Parse(first)) is var low && NumberOf(IPAddress.Parse(last)) is var high
        && NumberOf(IPAddress.Parse(own.Split('/')[0])) is var mine && low <= high && !(low <= mine && mine <= high);

    private string? WholeRule() => !IsServer() ? null
        : _network.Settings.Address is not { } own ? Words.FirstStart.ServerNeedsAddress
        : IsRange(_first.Value, _last.Value, own) ? null
        : Words.Starting.RangeHelp;

    private static bool IsIn(string address, string own) => NetworkSettings.IsPlainAddress(address) && IPNetwork.TryParse(MaskedOf(own), out var network) && network.Contains(IPAddress.Parse(address));

    private static string? RuleOf(string text) => NetworkSettings.IsPlainAddress(text) ? null : Words.Starting.AddressRule;

    private static string MaskedOf(string own)
    {
        var parts = own.Split('/');
        if (!NetworkSettings.IsAddress(own))
        {
            return "";
        }

        var length = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return $"{AddressOf(NumberOf(IPAddress.Parse(parts[0])) & ~((1L << (32 - length)) - 1))}/{length}";
    }

    private static long NumberOf(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string AddressOf(long number)
    {
        var bytes = new byte[sizeof(uint)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes).ToString();
    }
}
