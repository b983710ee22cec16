namespace OsDeploy.Windows;

/// <summary>What is wrong with a Windows that is about to be captured, and what to do about it.</summary>
/// <param name="IsRefusal">It is not captured, unless the operator insists; else the report says so.</param>
internal sealed record CaptureFinding(UserErrorException Error, bool IsRefusal);
