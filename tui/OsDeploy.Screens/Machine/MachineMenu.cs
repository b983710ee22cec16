using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>The main menu of a computer: which entries it has for whom, and why one cannot be chosen.</summary>
internal sealed class MachineMenu(MachineState state, MachineOptions options)
{
    private bool HasConfiguration => state.Facts?.Configuration is not null;

    private bool IsMaster => state.Facts?.IsMaster == true;

    public IReadOnlyList<MenuEntry> Entries => [.. Enum.GetValues<MachineTask>().Where(IsListed).Select(EntryOf)];

    /// <summary>What somebody should know before choosing; empty: nothing.</summary>
    public string Warning => state switch
    {
        { Away: var away } when away > TimeSpan.Zero => Language.Fill(Words.Machine.Reconnecting, Sizes.Of(away)),
        { Orders.State: AgentState.Blocked } => Words.Machine.Blocked,
        { Orders.State: AgentState.Pending } => Words.Machine.NotRegisteredMessage,
        { Orders.ShowsWords: true, PairingWords: { } words } => Language.Fill(Words.Machine.CompareWords, words),
        { Orders.Awaits.Length: > 0 } => Language.Fill(Words.Machine.Awaits, Printable.Of(state.Orders.Awaits)),
        { Facts: not null } when !HasConfiguration => Language.Fill(Words.Machine.NoConfiguration, Printable.Of(state.Facts.Name)),
        { Facts.Image: null } when HasConfiguration => NoImage,
        _ => "",
    };

    private string NoImage => Language.Fill(Words.Machine.NoImage, Printable.Of(state.Facts?.Configuration), Printable.Of(state.Facts?.Master ?? Words.Common.None));

    // Whoever may choose a master, and make configurations, may do so here.
    private bool IsListed(MachineTask task) => task switch
    {
        MachineTask.Restore or MachineTask.Partition or MachineTask.Mbr or MachineTask.Clean => HasConfiguration,
        MachineTask.Clone => IsMaster || state.MayEdit,
        _ => true,
    };

    private MenuEntry EntryOf(MachineTask task) => task switch
    {
        MachineTask.Restore => Entry(task, "Restore", Words.Machine.MenuRestore, Words.Machine.HelpRestore, Right.StartRestores, NeedsImage),
        MachineTask.Partition => Entry(task, "Partition", Words.Machine.MenuPartition, Words.Machine.HelpPartition, Right.StartRestores, NeedsImage),
        MachineTask.Clone => Entry(task, "Clone", Words.Machine.MenuClone, Words.Machine.HelpClone, Right.EditConfigurations, ""),
        MachineTask.Mbr => Entry(task, "MBR", Words.Machine.MenuMbr, Words.Machine.HelpMbr, Right.StartRestores, NeedsImage),
        MachineTask.Manual => Entry(task, "Manual", Words.Machine.MenuManual, Words.Machine.HelpManual, Right.StartAnyJob, ""),
        MachineTask.Clean => Entry(task, "Clean", Words.Machine.MenuClean, Words.Machine.HelpClean, Right.StartAnyJob, ""),
        MachineTask.Bash => new MenuEntry(task, "Bash", Words.Machine.MenuBash, Words.Machine.HelpBash, options.WhyNoShell ?? "", NeedsLogin: false),
        MachineTask.Quit => new MenuEntry(task, "Quit", Words.Machine.MenuQuit, Words.Machine.HelpQuit, "", NeedsLogin: false),
        _ => new MenuEntry(task, "About", Words.Machine.MenuAbout, Words.Machine.HelpAbout, "", NeedsLogin: false),
    };

    private string NeedsImage => state.Facts?.Image is null ? NoImage : "";

    private MenuEntry Entry(MachineTask task, string tag, string text, string help, Right right, string whyNot)
    {
        var isOpen = task == MachineTask.Restore && state.Facts?.MayRestore == true;
        var why = state.Away > TimeSpan.Zero ? Words.Machine.ServerAway
            : state.Orders?.State == AgentState.Blocked ? Words.Machine.Blocked
            : whyNot.Length > 0 ? whyNot
            : state.Operator is not null && !state.May(right) && !isOpen ? Words.Machine.NoRight
            : "";
        return new MenuEntry(task, tag, text, help, why, NeedsLogin: state.Operator is null && !isOpen);
    }
}
