using OsDeploy.Screens.Forms;
using OsDeploy.SetUp;

namespace OsDeploy.Screens.FirstStart;

/// <summary>On which card the appliance is, and with which address.</summary>
internal sealed class NetworkPage
{
    private readonly Func<IReadOnlyList<NetworkCard>> _look;
    private readonly NetworkFields _fields = new();

    public NetworkPage(Func<IReadOnlyList<NetworkCard>> look)
    {
        _look = look;
        Page = new WizardPage(
            new FormModel(Words.FirstStart.NetworkTitle, _fields.Entries, FormAction.Take(Words.Common.Next)) { Help = Words.FirstStart.WayHelp }, Prepare: LookAsync);
    }

    public WizardPage Page { get; }

    /// <summary>As they are chosen now.</summary>
    public NetworkSettings Settings => _fields.Settings;

    /// <inheritdoc cref="NetworkFields.Address"/>
    public string? Address => _fields.Address;

    public NetworkCard? Chosen => _fields.Chosen;

    private Task LookAsync(CancellationToken cancel)
    {
        var cards = _look();
        if (cards.Count == 0)
        {
            throw FirstStartErrors.NoCard();
        }

        _fields.Show(cards);
        return Task.CompletedTask;
    }
}
