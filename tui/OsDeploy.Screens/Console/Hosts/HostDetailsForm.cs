using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>What the school knows of a host beside what it says itself: where it stands, whose it is.</summary>
internal sealed class HostDetailsForm
{
    private const int MaxDetail = 200;

    private readonly ConsoleContext _context;
    private readonly HostView _before;
    private readonly TextEntry _inventory;
    private readonly TextEntry _owner;
    private readonly TextEntry _serial;
    private readonly TextEntry _row;
    private readonly TextEntry _place;
    private readonly TextEntry _address;
    private readonly TextEntry _wlanMac;
    private readonly TextEntry _wlanAddress;

    public HostDetailsForm(ConsoleContext context, HostView host)
    {
        (_context, _before) = (context, host);
        var details = host.Host.Details;
        _inventory = Field("inventory", Words.Hosts.DetailInventory, details.InventoryNumber);
        _owner = Field("owner", Words.Hosts.DetailOwner, details.Owner);
        _serial = Field("serial", Words.Hosts.DetailSerial, details.Serial);
        _row = Field("row", Words.Hosts.DetailRow, details.Row);
        _place = Field("place", Words.Hosts.DetailPlace, details.Place);
        _address = Field("ip", Words.Hosts.DetailAddress, details.Ip);
        _wlanMac = Field("wlanmac", Words.Hosts.DetailWlanMac, details.WlanMac);
        _wlanAddress = Field("wlanip", Words.Hosts.DetailWlanAddress, details.WlanIp);
        Model = new FormModel(Language.Fill(Words.Hosts.DetailsTitle, host.Host.Name), Fields, new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Hosts.DetailsHelp,
            Equivalent = () => [Fields.Where(field => field.IsChanged).Aggregate(
                new CommandLine("host", "set", host.Host.Name.ToString()), (line, field) => line.With("--detail", $"{field.Id}={field.Value}"))],
        };
    }

    public FormModel Model { get; }

    /// <summary>What is different from what was read.</summary>
    public HostDetails Change => new(
        ChangeOf(_address), ChangeOf(_row), ChangeOf(_place), ChangeOf(_wlanMac), ChangeOf(_wlanAddress), ChangeOf(_serial), ChangeOf(_inventory), ChangeOf(_owner));

    private IReadOnlyList<TextEntry> Fields => [_inventory, _owner, _serial, _row, _place, _address, _wlanMac, _wlanAddress];

    private static TextEntry Field(string id, string label, string? value) => new(id, label, value ?? "") { MaxLength = MaxDetail };

    private static string? ChangeOf(TextEntry field) => field.IsChanged ? field.Value : null;

    private async Task SaveAsync(CancellationToken cancel)
    {
        if (Change == new HostDetails())
        {
            throw ConsoleErrors.NothingToChange();
        }

        await _context.Session.CallAsync(HostApi.Change, new HostChange(Details: Change), cancel, _before.Host.Id);
    }
}
