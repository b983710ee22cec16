using OsDeploy.Screens.Forms;
using WirelessWords = OsDeploy.Screens.Words.Wireless;

namespace OsDeploy.Cli.Machine;

/// <summary>
/// The way into a network where nobody has told this computer anything: by cable, or where there is none, or somebody wants it, by Wi-Fi.
/// </summary>
/// <param name="connect">Returns when there is an address; where it may give up, false without a cable.</param>
/// <param name="askWireless">Lets a person choose a network; null: there is no card for it.</param>
internal sealed class FirstWay(PlainLines lines, Func<bool, CancellationToken, Task<bool>> connect, Func<CancellationToken, Task<FormEnd>>? askWireless)
{
    public const string Key = "w";

    /// <summary>A person may choose another network.</summary>
    public bool HasWireless => askWireless is not null;

    /// <summary>Returns when there is an address.</summary>
    public async Task ConnectAsync(CancellationToken cancel)
    {
        // By itself it is asked once; then somebody has said what is wanted.
        var (mayGiveUp, canAsk) = (HasWireless, HasWireless);
        while (canAsk && !await ConnectOrKeyAsync(mayGiveUp, cancel))
        {
            canAsk = await askWireless!(cancel) != FormEnd.Left;
            mayGiveUp = false;
        }

        if (!canAsk)
        {
            await connect(false, cancel);
        }
    }

    /// <summary>Lets a person choose a network, then returns when there is an address.</summary>
    public async Task ChooseAsync(CancellationToken cancel)
    {
        if (await askWireless!(cancel) == FormEnd.Done)
        {
            await ConnectAsync(cancel);
        }
    }

    // False: Wi-Fi is wanted, or nothing else is left.
    private async Task<bool> ConnectOrKeyAsync(bool mayGiveUp, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var connecting = connect(mayGiveUp, over.Token);
        if (connecting.IsCompleted)
        {
            return await connecting;
        }

        lines.Say(WirelessWords.Hint);
        var key = lines.AskAsync("", over.Token);
        if (await Task.WhenAny(connecting, key) == key && await key is null)
        {
            return await connecting;
        }

        // What is said next begins a line.
        lines.Say("");
        await over.CancelAsync();
        try
        {
            return await connecting;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
