using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>Operators and their roles.</summary>
internal sealed class AccountScreen : ListScreen<Operator>
{
    private readonly AccountDesk _desk;
    private readonly AccountDeeds _deeds;
    private readonly Background _reading;

    public AccountScreen(Workplace workplace)
        : this(workplace, new AccountDesk(workplace.Context, workplace.Dialogs.Time.LocalTimeZone))
    {
    }

    private AccountScreen(Workplace workplace, AccountDesk desk)
        : base(workplace, Columns(desk), account => account.Name)
    {
        _desk = desk;
        _reading = new Background(Dialogs.App, desk.ReadAsync, () => base.Show(Workplace.Now), fault => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message)));
        _deeds = new AccountDeeds(workplace, desk, () => List.Selected, _reading.Start);
    }

    public override string Heading => Words.Accounts.Title;

    public override string Help => Words.Accounts.Help;

    public override IReadOnlyList<ScreenAction> Actions => _deeds.Actions;

    public override void Enter()
    {
        base.Enter();
        _reading.Start();
    }

    public override void Leave() => _reading.Stop();

    protected override IReadOnlyList<Operator> RowsOf(Snapshot now) => _desk.Find(Filter);

    protected override string SummaryOf(Snapshot now) => Language.Count(_desk.Accounts.Count, Words.Accounts.SummaryOne, Words.Accounts.SummaryOther);

    protected override void Open(Operator row) => _deeds.Open();

    private static Column<Operator>[] Columns(AccountDesk desk) =>
    [
        new(Words.Accounts.ColName, account => account.Name, Most: 32, Least: 8),
        new(Words.Accounts.ColRole, account => AccountDesk.RoleOf(account.Role), Most: 20, Least: 14),
        new(Words.Accounts.ColState, AccountDesk.StateOf, Most: 12, Least: 8),
        new(Words.Accounts.ColLogin, account => account.LastLogin is { } at ? Times.Of(at, desk.Zone) : Common.Never, Most: 16, Least: 10),
        new(Words.Accounts.ColTokens, account => account.Tokens.Count > 0 ? account.Tokens.Count.ToString(CultureInfo.InvariantCulture) : "", Most: 6, Least: 6, IsRight: true),
        new(Words.Accounts.ColRooms, AccountDesk.RoomsOf, Most: 60, Least: 5),
    ];
}
