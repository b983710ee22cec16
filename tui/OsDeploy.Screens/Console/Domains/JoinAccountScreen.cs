using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Domains;

/// <summary>The accounts with which hosts join their domains.</summary>
internal sealed class JoinAccountScreen : ListScreen<JoinAccount>
{
    private readonly ConsoleContext _context;
    private readonly Background _reading;
    private IReadOnlyList<JoinAccount> _accounts = [];

    public JoinAccountScreen(Workplace workplace)
        : base(workplace, Columns(workplace.Dialogs.Time.LocalTimeZone), account => account.Domain)
    {
        _context = workplace.Context;
        _reading = new Background(
            Dialogs.App,
            async cancel => _accounts = await _context.Session.CallAsync(JoinApi.ListAccounts, cancel),
            () => base.Show(Workplace.Now),
            fault => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message)));
    }

    public override string Heading => Words.Domains.Title;

    public override string Help => Words.Domains.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F4, Words.Accounts.ActEdit, () => Set(List.Selected), WhyNot, () => List.Selected is { } account ? [new CommandLine("join-account", "set", account.Domain, "--user", account.User)] : []),
        new(Key.F5, Words.Accounts.ActReload, _reading.Start, Command: () => [new CommandLine("join-account", "list")]),
        new(Key.F7, Words.Accounts.ActNew, () => Set(null), WhyNoAdmin, () => [new CommandLine("join-account", "set", "DOMAIN", "--user", "NAME")]),
        new(Key.F8, Words.Accounts.ActDelete, Delete, WhyNot, () => List.Selected is { } account ? [JoinAccountDeletion.Command(account)] : []),
    ];

    public override void Enter()
    {
        base.Enter();
        _reading.Start();
    }

    public override void Leave() => _reading.Stop();

    protected override IReadOnlyList<JoinAccount> RowsOf(Snapshot now) =>
        [.. _accounts.Where(account => $"{account.Domain} {account.User} {account.ChangedBy}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override string SummaryOf(Snapshot now) => Language.Count(_accounts.Count, Words.Domains.SummaryOne, Words.Domains.SummaryOther);

    protected override void Open(JoinAccount row)
    {
        if (WhyNot() is { } why)
        {
            Workplace.Frame.Toast(why);
        }
        else
        {
            Set(row);
        }
    }

    private string? WhyNoAdmin() => _context.Session.May(Right.Administer) ? null : Words.Accounts.NeedsAdmin;

    private string? WhyNot() => WhyNoAdmin() ?? (List.Selected is null ? Words.Domains.NothingChosen : null);

    private void Set(JoinAccount? account)
    {
        var form = new JoinAccountForm(_context, account);
        if (Dialogs.Ask(form.Model) is not null)
        {
            Done(Language.Fill(Words.Domains.Saved, form.Domain));
        }
    }

    private void Delete()
    {
        var account = List.Selected!;
        if (Dialogs.Ask(JoinAccountDeletion.Of(_context, account)) is not null)
        {
            Done(Language.Fill(Words.Domains.Deleted, account.Domain));
        }
    }

    private void Done(string toast)
    {
        Workplace.Frame.Toast(Printable.Of(toast));
        _reading.Start();
    }

    private static Column<JoinAccount>[] Columns(TimeZoneInfo zone) =>
    [
        new(Words.Domains.ColDomain, account => Printable.Of(account.Domain), Most: 40, Least: 10),
        new(Words.Domains.ColUser, account => Printable.Of(account.User), Most: 40, Least: 8),
        new(Words.Domains.ColChanged, account => Times.Of(account.ChangedAt, zone), Most: 16, Least: 10),
        new(Words.Domains.ColBy, account => Printable.Of(account.ChangedBy), Most: 32, Least: 6),
    ];
}
