using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.FirstStart;

/// <summary>What the first start refuses by itself. Everything else is said by the helper and the daemon.</summary>
internal static class FirstStartErrors
{
    public static UserErrorException NoCard() => new("first-start-no-card", Words.FirstStart.NoCardMessage, Words.FirstStart.NoCardHint);

    public static UserErrorException Needed() => new("first-start-needed", Words.FirstStart.NeededMessage, Words.FirstStart.NeededHint);

    public static UserErrorException InstallLost() => new("system-install-lost", Words.Systems.InstallLostMessage, Words.Systems.InstallLostHint);

    /// <param name="step">What was being done.</param>
    public static UserErrorException StepFailed(string step, UserErrorException cause) =>
        new(cause.Code, Language.Fill(Words.FirstStart.StepFailed, step, cause.Message), cause.Hint, cause);
}
